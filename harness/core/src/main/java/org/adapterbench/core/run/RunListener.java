package org.adapterbench.core.run;

import org.adapterbench.core.train.TrainingListener;

/** Told what a run is doing. Called on the run's own thread; implementations must be quick. */
public interface RunListener extends TrainingListener {

    /** A stage begins: {@code data}, {@code encoder}, {@code warm-up}, {@code method}, {@code train}, ... */
    default void stage(String name) {}

    /** A listener that hears nothing. */
    static RunListener silent() {
        return new RunListener() {};
    }
}
