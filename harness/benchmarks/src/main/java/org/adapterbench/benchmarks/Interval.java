package org.adapterbench.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/**
 * The median of independent measurements with an interval that holds the true median in at least 95 of 100
 * repetitions, whatever their distribution: the order statistics whose binomial tails stay below 2.5 % each (fewer than
 * six measurements cannot say so much, and give their extremes).
 */
record Interval(double median, double low, double high, int count) {

    private static final double TAIL = 0.025;

    static Interval of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no measurement");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int count = sorted.length;
        double median = (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
        int outside = outside(count);
        return new Interval(median, sorted[outside], sorted[count - 1 - outside], count);
    }

    /** How many values lie outside at each end: the most for which P(binomial(n, 1/2) ≤ outside) stays in the tail. */
    static int outside(int count) {
        double probability = StrictMath.pow(0.5, count);
        double tail = probability;
        int outside = 0;
        while (true) {
            probability *= (double) (count - outside) / (outside + 1);
            tail += probability;
            if (tail > TAIL) {
                return outside;
            }
            outside++;
        }
    }

    /** For instance {@code 1.21 [1.18, 1.25]}. */
    String text(String format) {
        return String.format(Locale.ROOT, format + " [" + format + ", " + format + "]", median, low, high);
    }
}
