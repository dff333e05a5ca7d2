package org.adapterbench.datasets.metric;

import java.util.List;
import java.util.Random;
import org.adapterbench.api.task.Objective;

/**
 * y = W x, fitted by stochastic gradient descent with a step size for each weight (AdaGrad): softmax cross-entropy
 * for classes, half the squared error for a scale, plus half {@link #PENALTY} times the squared weights that an
 * example touches. The order of the examples is drawn with a fixed seed, and exp is StrictMath's, so that equal
 * data give equal bits on every machine.
 */
final class LinearModel {

    private static final int EPOCHS = 6;
    private static final double STEP = 0.3;
    private static final double PENALTY = 1e-3;
    private static final long SEED = 17;

    private final Objective objective;
    private final int outputs;
    private final double[] weights;
    private final double[] squaredGradients;

    LinearModel(Objective objective, int features) {
        this.objective = objective;
        this.outputs = objective.outputs();
        this.weights = new double[Math.multiplyExact(features, outputs)];
        this.squaredGradients = new double[weights.length];
    }

    void fit(List<SparseVector> rows, float[] targets) {
        int[] order = new int[rows.size()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        Random random = new Random(SEED);
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            shuffle(order, random);
            for (int i : order) {
                step(rows.get(i), targets[i]);
            }
        }
    }

    double[] scores(SparseVector row) {
        double[] scores = new double[outputs];
        for (int j = 0; j < row.indices().length; j++) {
            int at = row.indices()[j] * outputs;
            for (int k = 0; k < outputs; k++) {
                scores[k] += weights[at + k] * row.values()[j];
            }
        }
        return scores;
    }

    private void step(SparseVector row, float target) {
        double[] error = scores(row);
        if (objective instanceof Objective.Regression) {
            error[0] -= target;
        } else {
            softmax(error);
            error[(int) target] -= 1;
        }
        for (int j = 0; j < row.indices().length; j++) {
            int at = row.indices()[j] * outputs;
            for (int k = 0; k < outputs; k++) {
                double gradient = error[k] * row.values()[j] + PENALTY * weights[at + k];
                if (gradient != 0) {
                    squaredGradients[at + k] += gradient * gradient;
                    weights[at + k] -= STEP * gradient / Math.sqrt(squaredGradients[at + k]);
                }
            }
        }
    }

    private static void softmax(double[] scores) {
        double most = scores[0];
        for (double score : scores) {
            most = Math.max(most, score);
        }
        double sum = 0;
        for (int k = 0; k < scores.length; k++) {
            scores[k] = StrictMath.exp(scores[k] - most);
            sum += scores[k];
        }
        for (int k = 0; k < scores.length; k++) {
            scores[k] /= sum;
        }
    }

    private static void shuffle(int[] order, Random random) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
    }
}
