package org.adapterbench.core.train;

import org.adapterbench.api.task.Objective;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.nn.SoftmaxCrossEntropyWithLogits;
import org.tensorflow.types.TFloat32;

/**
 * The training loss of an objective: mean softmax cross-entropy over classes, or mean squared error. Filled
 * rows have weight 0, the others 1 / examples of the whole batch, so that the losses of its parts add up to its own.
 */
final class Loss {

    private final Objective objective;
    private final Placeholder<TFloat32> targets;
    private final Placeholder<TFloat32> weights;
    private final Operand<TFloat32> value;

    /** @param logits rows x outputs */
    Loss(Ops tf, Objective objective, Operand<TFloat32> logits) {
        this.objective = objective;
        this.targets =
                tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE, objective.outputs())));
        this.weights = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE)));
        Operand<TFloat32> perRow;
        if (objective instanceof Objective.Classification) {
            perRow = SoftmaxCrossEntropyWithLogits.create(tf.scope(), logits, targets)
                    .loss();
        } else {
            perRow = tf.reduceSum(tf.math.square(tf.math.sub(logits, targets)), tf.constant(1));
        }
        this.value = tf.reduceSum(tf.math.mul(perRow, weights), tf.constant(0));
    }

    /** Scalar. */
    Operand<TFloat32> value() {
        return value;
    }

    /** @param examples of the whole batch, of which this one may be a part */
    void feed(Feeds feeds, Batch batch, int examples) {
        int outputs = objective.outputs();
        float[] rows = new float[batch.rows() * outputs];
        float[] shares = new float[batch.rows()];
        for (int row = 0; row < batch.examples().length; row++) {
            shares[row] = 1f / examples;
            if (objective instanceof Objective.Classification) {
                rows[row * outputs + (int) batch.targets()[row]] = 1f;
            } else {
                rows[row] = batch.targets()[row];
            }
        }
        feeds.floats(targets, rows, batch.rows(), outputs).floats(weights, shares, batch.rows());
    }

    /** The loss of one example, computed in double from its scores; for evaluation. */
    static double of(Objective objective, float[] scores, float target) {
        if (objective instanceof Objective.Regression) {
            double difference = (double) scores[0] - target;
            return difference * difference;
        }
        double max = Double.NEGATIVE_INFINITY;
        for (float score : scores) {
            max = Math.max(max, score);
        }
        double sum = 0;
        for (float score : scores) {
            sum += StrictMath.exp(score - max);
        }
        return StrictMath.log(sum) + max - scores[(int) target];
    }
}
