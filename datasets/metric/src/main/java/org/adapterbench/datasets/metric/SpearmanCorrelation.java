package org.adapterbench.datasets.metric;

import java.util.Arrays;
import org.adapterbench.api.task.Metric;

/** Pearson's correlation of the ranks, where equal values share the mean of their ranks. Zero when either side is constant. */
final class SpearmanCorrelation implements Metric {

    @Override
    public String name() {
        return "spearman";
    }

    @Override
    public boolean higherIsBetter() {
        return true;
    }

    @Override
    public double compute(float[] predicted, float[] expected) {
        Predictions.check(predicted, expected);
        return PearsonCorrelation.correlation(ranks(predicted), ranks(expected));
    }

    /** Ranks from 1; always multiples of one half, so exact. */
    static double[] ranks(float[] values) {
        float[] sorted = values.clone();
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] += 0.0f; // sorting puts -0.0 before 0.0 although the two are equal
        }
        Arrays.sort(sorted);
        double[] ranks = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            int first = firstIndex(sorted, values[i], false);
            int afterLast = firstIndex(sorted, values[i], true);
            ranks[i] = (first + 1 + afterLast) / 2.0;
        }
        return ranks;
    }

    /** First index whose value is at least {@code value} or, when {@code above}, greater. */
    private static int firstIndex(float[] sorted, float value, boolean above) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value || (above && sorted[middle] == value)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
