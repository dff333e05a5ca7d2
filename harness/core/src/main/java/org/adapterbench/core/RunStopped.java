package org.adapterbench.core;

import java.time.Duration;

/** The run was asked to stop (its thread was interrupted) and did so between two steps; not a failure. */
public final class RunStopped extends RuntimeException {

    public RunStopped() {
        super("stopped on request");
    }

    /** @throws RunStopped when the current thread has been interrupted; clears the mark */
    public static void check() {
        if (Thread.interrupted()) {
            throw new RunStopped();
        }
    }

    /** Waits, unless the current thread is interrupted. @throws RunStopped when it is */
    public static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            throw new RunStopped();
        }
    }
}
