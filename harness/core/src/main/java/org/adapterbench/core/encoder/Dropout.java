package org.adapterbench.core.encoder;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Inverted dropout with explicit seeds: each place in the graph has a number of its own, each step a seed
 * that is fed, and the mask is a function of the two.
 */
final class Dropout {

    private final Ops tf;
    private final Operand<TInt64> stepSeed;

    /** @param stepSeed scalar, another value each step */
    Dropout(Ops tf, Operand<TInt64> stepSeed) {
        this.tf = tf;
        this.stepSeed = stepSeed;
    }

    /**
     * Zeroes a share of the elements and scales the others by 1 / (1 - rate).
     *
     * @param place number of the place in the graph, each of its own
     */
    Operand<TFloat32> apply(Operand<TFloat32> x, double rate, long place) {
        if (rate == 0) {
            return x;
        }
        Operand<TInt64> seed = tf.stack(List.of(stepSeed, tf.constant(place)));
        Operand<TFloat32> uniform = tf.random.statelessRandomUniform(tf.shape(x), seed);
        Operand<TFloat32> kept =
                tf.dtypes.cast(tf.math.greaterEqual(uniform, tf.constant((float) rate)), TFloat32.class);
        Operand<TFloat32> mask = tf.math.mul(kept, tf.constant((float) (1.0 / (1.0 - rate))));
        return tf.math.mul(x, mask);
    }
}
