package org.adapterbench.datasets.metric;

/**
 * How often each class was predicted for each class; the exact counts behind the classification metrics.
 *
 * @param counts {@code counts[expected][predicted]}
 */
record ConfusionMatrix(long[][] counts) {

    static ConfusionMatrix of(float[] predicted, float[] expected) {
        Predictions.check(predicted, expected);
        int classes = 2;
        for (int i = 0; i < predicted.length; i++) {
            classes = Math.max(classes, 1 + Math.max(classNumber(predicted[i]), classNumber(expected[i])));
        }
        long[][] counts = new long[classes][classes];
        for (int i = 0; i < predicted.length; i++) {
            counts[(int) expected[i]][(int) predicted[i]]++;
        }
        return new ConfusionMatrix(counts);
    }

    int classes() {
        return counts.length;
    }

    long total() {
        long sum = 0;
        for (int k = 0; k < classes(); k++) {
            sum += expected(k);
        }
        return sum;
    }

    long correct() {
        long sum = 0;
        for (int k = 0; k < classes(); k++) {
            sum += counts[k][k];
        }
        return sum;
    }

    long expected(int k) {
        long sum = 0;
        for (long count : counts[k]) {
            sum += count;
        }
        return sum;
    }

    long predicted(int k) {
        long sum = 0;
        for (long[] row : counts) {
            sum += row[k];
        }
        return sum;
    }

    /** F1 of one class: 2 TP / (2 TP + FP + FN), 0 when the class occurs on neither side. */
    double f1(int k) {
        long either = expected(k) + predicted(k);
        return either == 0 ? 0 : 2.0 * counts[k][k] / either;
    }

    private static int classNumber(float value) {
        if (value < 0 || value > 1_000_000 || value != (int) value) {
            throw new IllegalArgumentException("class number " + value + " (allowed: 0, 1, 2, ...)");
        }
        return (int) value;
    }
}
