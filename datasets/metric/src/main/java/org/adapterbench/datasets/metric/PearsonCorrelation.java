package org.adapterbench.datasets.metric;

import org.adapterbench.api.task.Metric;

/** Covariance over the product of the standard deviations. Zero when either side is constant. */
final class PearsonCorrelation implements Metric {

    @Override
    public String name() {
        return "pearson";
    }

    @Override
    public boolean higherIsBetter() {
        return true;
    }

    @Override
    public double compute(float[] predicted, float[] expected) {
        Predictions.check(predicted, expected);
        return correlation(doubles(predicted), doubles(expected));
    }

    /** Two passes in double: means first, so that a large offset costs no digits. */
    static double correlation(double[] x, double[] y) {
        // A constant is recognised by its values: the rounded mean of equal numbers may differ from them,
        // which would make a correlation out of rounding errors.
        if (constant(x) || constant(y)) {
            return 0;
        }
        double meanX = mean(x);
        double meanY = mean(y);
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            double dx = x[i] - meanX;
            double dy = y[i] - meanY;
            xy += dx * dy;
            xx += dx * dx;
            yy += dy * dy;
        }
        double r = xy / (Math.sqrt(xx) * Math.sqrt(yy));
        return Math.max(-1, Math.min(1, r));
    }

    private static boolean constant(double[] values) {
        for (double value : values) {
            if (value != values[0]) {
                return false;
            }
        }
        return true;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double[] doubles(float[] values) {
        double[] result = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = values[i];
        }
        return result;
    }
}
