package org.adapterbench.datasets.metric;

import org.adapterbench.api.task.Metric;

/**
 * CoLA's metric. With n examples, c of them right, t_k of class k and p_k predicted so:
 * (c n - sum p_k t_k) / sqrt((n^2 - sum p_k^2) (n^2 - sum t_k^2)), which for two classes is
 * (TP TN - FP FN) / sqrt((TP+FP)(TP+FN)(TN+FP)(TN+FN)). Zero when all predictions or all answers are one class.
 */
final class MatthewsCorrelation implements Metric {

    @Override
    public String name() {
        return "matthews";
    }

    @Override
    public boolean higherIsBetter() {
        return true;
    }

    @Override
    public double compute(float[] predicted, float[] expected) {
        ConfusionMatrix matrix = ConfusionMatrix.of(predicted, expected);
        long n = matrix.total();
        long agreement = matrix.correct() * n;
        long spreadOfPredicted = n * n;
        long spreadOfExpected = n * n;
        for (int k = 0; k < matrix.classes(); k++) {
            long p = matrix.predicted(k);
            long t = matrix.expected(k);
            agreement -= p * t;
            spreadOfPredicted -= p * p;
            spreadOfExpected -= t * t;
        }
        if (spreadOfPredicted == 0 || spreadOfExpected == 0) {
            return 0;
        }
        return agreement / Math.sqrt((double) spreadOfPredicted * spreadOfExpected);
    }
}
