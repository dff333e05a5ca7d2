package org.adapterbench.datasets.metric;

import org.adapterbench.api.task.Metric;

/** F1 of class 1, as GLUE scores MRPC and QQP. Zero when class 1 is neither predicted nor present. */
final class PositiveF1 implements Metric {

    @Override
    public String name() {
        return "f1-positive";
    }

    @Override
    public boolean higherIsBetter() {
        return true;
    }

    @Override
    public double compute(float[] predicted, float[] expected) {
        return ConfusionMatrix.of(predicted, expected).f1(1);
    }
}
