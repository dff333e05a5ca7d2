package org.adapterbench.datasets.metric;

import org.adapterbench.api.task.Metric;

/** Mean F1 over the classes that were predicted or are present; the measure that a majority prediction cannot please. */
final class MacroF1 implements Metric {

    @Override
    public String name() {
        return "macro-f1";
    }

    @Override
    public boolean higherIsBetter() {
        return true;
    }

    @Override
    public double compute(float[] predicted, float[] expected) {
        ConfusionMatrix matrix = ConfusionMatrix.of(predicted, expected);
        double sum = 0;
        int occurring = 0;
        for (int k = 0; k < matrix.classes(); k++) {
            if (matrix.expected(k) + matrix.predicted(k) > 0) {
                sum += matrix.f1(k);
                occurring++;
            }
        }
        return sum / occurring;
    }
}
