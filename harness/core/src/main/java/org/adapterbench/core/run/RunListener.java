package org.adapterbench.core.run;

import org.adapterbench.api.record.Outcome;

/** Told what a run is doing. Called on the run's own thread; implementations must be quick. */
public interface RunListener {

    /** A stage begins: {@code data}, {@code encoder}, {@code warm-up}, {@code method}, {@code train}, ... */
    default void stage(String name) {}

    /**
     * A training step ended.
     *
     * @param stage {@code warm-up} or {@code train}
     * @param step  1-based
     * @param steps of the whole stage
     */
    default void step(String stage, int step, int steps, float loss) {}

    /** An epoch was evaluated (0: before the first step). */
    default void evaluated(String stage, Outcome.Epoch epoch) {}

    /** A listener that hears nothing. */
    static RunListener silent() {
        return new RunListener() {};
    }
}
