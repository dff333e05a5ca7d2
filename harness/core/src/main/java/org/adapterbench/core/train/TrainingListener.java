package org.adapterbench.core.train;

import org.adapterbench.api.record.Outcome;

/** Told how training proceeds. Called on the run's own thread; implementations must be quick. */
public interface TrainingListener {

    /**
     * A training step ended.
     *
     * @param stage {@code warm-up} or {@code train}
     * @param step  1-based
     * @param steps of the whole stage
     */
    default void step(String stage, int step, int steps, float loss) {}

    /**
     * A stage goes on where an earlier process left it.
     *
     * @param step  the last one done, 0 when none was
     * @param steps of the whole stage
     */
    default void resumed(String stage, int step, int steps) {}

    /** The evaluation under way has scored so many batches. */
    default void scored(String stage, int batches) {}

    /** An epoch was evaluated (0: before the first step). */
    default void evaluated(String stage, Outcome.Epoch epoch) {}
}
