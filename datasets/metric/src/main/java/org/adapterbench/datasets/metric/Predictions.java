package org.adapterbench.datasets.metric;

import org.adapterbench.api.FailureKind;
import org.adapterbench.api.RunFailure;

/** Checks of what a metric is given, before anything is computed from it. */
final class Predictions {

    private Predictions() {}

    /**
     * A value for each example, all of them numbers.
     *
     * @throws RunFailure of kind DIVERGED when a prediction is not finite: that is no "undefined" metric but a
     *     model that produces no numbers
     */
    static void check(float[] predicted, float[] expected) {
        if (predicted.length != expected.length || predicted.length == 0) {
            throw new IllegalArgumentException(predicted.length + " predictions for " + expected.length
                    + " answers (allowed: as many, at least 1)");
        }
        for (int i = 0; i < predicted.length; i++) {
            if (!Float.isFinite(predicted[i])) {
                throw new RunFailure(FailureKind.DIVERGED, "prediction " + i + " is " + predicted[i]);
            }
            if (!Float.isFinite(expected[i])) {
                throw new IllegalArgumentException(
                        "answer " + i + " is " + expected[i] + " (allowed: a finite number)");
            }
        }
    }
}
