package org.adapterbench.core.encoder;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Inverted dropout with explicit seeds: each place in the graph has a number of its own, each step a seed
 * that is fed, and the mask is a function of the two.
 */
final class Dropout {

    private final Ops tf;
    private final Survivors survivors;
    private final Operand<TInt64> stepSeed;

    /** @param stepSeed scalar, another value each step */
    Dropout(Ops tf, Survivors survivors, Operand<TInt64> stepSeed) {
        this.tf = tf;
        this.survivors = survivors;
        this.stepSeed = stepSeed;
    }

    /**
     * Zeroes a share of the elements, rate to the nearest 1/65,536, and scales the others by 1 / (1 - that share).
     *
     * @param place number of the place in the graph, each of its own
     */
    Operand<TFloat32> apply(Operand<TFloat32> x, double rate, long place) {
        return tf.math.mul(x, mask(x, rate, place));
    }

    /** 0 or 1 / (1 - share) for each element of x. */
    Operand<TFloat32> mask(Operand<TFloat32> x, double rate, long place) {
        int lost = (int) Math.round(rate * Survivors.VALUES);
        Operand<TInt64> seed = tf.stack(List.of(stepSeed, tf.constant(place)));
        Operand<TBool> left = tf.reshape(survivors.of(tf, tf.size(x), lost, seed), tf.shape(x));
        return tf.math.mul(tf.dtypes.cast(left, TFloat32.class), tf.constant((float)
                ((double) Survivors.VALUES / (Survivors.VALUES - lost))));
    }
}
