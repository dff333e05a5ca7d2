package org.adapterbench.core.train;

import java.util.ArrayList;
import java.util.List;
import org.adapterbench.api.record.Outcome;
import org.jspecify.annotations.Nullable;

/** What a stage of training has measured so far, in this process and in those that it went on from. */
final class TrainingHistory {

    private final List<Float> losses = new ArrayList<>();
    private final List<Outcome.Epoch> epochs = new ArrayList<>();
    private final StepTimes times = new StepTimes();
    private final TrainingClock clock = new TrainingClock(System::nanoTime);

    /** Steps done. */
    int steps() {
        return losses.size();
    }

    /** Loss at each step. */
    List<Float> losses() {
        return List.copyOf(losses);
    }

    /** The evaluated epochs, epoch 0 first. */
    List<Outcome.Epoch> epochs() {
        return List.copyOf(epochs);
    }

    StepTimes times() {
        return times;
    }

    TrainingClock clock() {
        return clock;
    }

    void add(float loss) {
        losses.add(loss);
    }

    void add(Outcome.Epoch epoch) {
        epochs.add(epoch);
    }

    /** The mean loss of the steps from one on, each counted from 0. */
    double meanLoss(int from) {
        double sum = 0;
        for (float loss : losses.subList(from, losses.size())) {
            sum += loss;
        }
        return sum / (losses.size() - from);
    }

    /**
     * For a state to go on from.
     *
     * @param scores    of the evaluation under way
     * @param bestScore of the best epoch so far, null where none was chosen
     */
    TrainingProgress progress(List<float[][]> scores, @Nullable Double bestScore) {
        return new TrainingProgress(
                losses, epochs, scores, bestScore, times.seconds(), times.examples(), times.tokens(), clock.seconds());
    }

    /** Goes on from what was measured before. */
    void resume(TrainingProgress before) {
        losses.addAll(before.lossCurve());
        epochs.addAll(before.epochs());
        times.resume(before);
        clock.resume(before.seconds());
    }
}
