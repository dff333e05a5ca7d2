package org.adapterbench.datasets.metric;

import org.adapterbench.api.task.Metric;

/** The share of examples whose class was predicted. */
final class Accuracy implements Metric {

    @Override
    public String name() {
        return "accuracy";
    }

    @Override
    public boolean higherIsBetter() {
        return true;
    }

    @Override
    public double compute(float[] predicted, float[] expected) {
        ConfusionMatrix matrix = ConfusionMatrix.of(predicted, expected);
        return (double) matrix.correct() / matrix.total();
    }
}
