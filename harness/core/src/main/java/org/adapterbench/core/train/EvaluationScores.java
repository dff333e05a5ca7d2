package org.adapterbench.core.train;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Head outputs of the evaluation under way, batch by batch; those of an interrupted one are not computed again. */
final class EvaluationScores {

    private final List<float[][]> scores = new ArrayList<>();
    private int replayed;

    /** The next batch's outputs: what was computed before, else what is computed now. */
    float[][] next(Supplier<float[][]> compute) {
        if (replayed == scores.size()) {
            scores.add(compute.get());
        }
        return scores.get(replayed++);
    }

    /** All so far, those still to be replayed included. */
    List<float[][]> all() {
        return scores;
    }

    /** The evaluation has ended. */
    void clear() {
        scores.clear();
        replayed = 0;
    }

    /** Goes on from what an interrupted evaluation had computed. */
    void resume(List<float[][]> before) {
        scores.addAll(before);
    }
}
