package org.adapterbench.core.train;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Durations of training steps and what they processed. */
public final class StepTimes {

    private double[] seconds = new double[64];
    private int count;
    private long examples;
    private long tokens;

    /** @param tokens tokens that were not padding */
    public void add(double stepSeconds, int stepExamples, int stepTokens) {
        if (count == seconds.length) {
            seconds = Arrays.copyOf(seconds, 2 * count);
        }
        seconds[count++] = stepSeconds;
        examples += stepExamples;
        tokens += stepTokens;
    }

    /** The durations in their order. */
    List<Double> seconds() {
        return Arrays.stream(seconds, 0, count).boxed().toList();
    }

    long examples() {
        return examples;
    }

    long tokens() {
        return tokens;
    }

    /** Goes on from what was measured before. */
    void resume(TrainingProgress before) {
        before.stepSeconds().forEach(step -> add(step, 0, 0));
        examples += before.examples();
        tokens += before.tokens();
    }

    /** Nearest-rank percentile in seconds; null without steps. */
    public @Nullable Double percentile(int percent) {
        if (count == 0) {
            return null;
        }
        double[] sorted = Arrays.copyOf(seconds, count);
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(percent / 100.0 * count) - 1)];
    }

    public @Nullable Double examplesPerSecond() {
        return count == 0 ? null : examples / total();
    }

    public @Nullable Double tokensPerSecond() {
        return count == 0 ? null : tokens / total();
    }

    private double total() {
        return Arrays.stream(seconds, 0, count).sum();
    }
}
