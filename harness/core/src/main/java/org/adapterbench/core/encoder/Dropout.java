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
    private final Blocks blocks;
    private final Operand<TInt64> stepSeed;

    /** @param stepSeed scalar, another value each step */
    Dropout(Ops tf, Blocks blocks, Operand<TInt64> stepSeed) {
        this.tf = tf;
        this.blocks = blocks;
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
        int dropped = (int) Math.round(rate * Uniform16.VALUES);
        Operand<TInt64> seed = tf.stack(List.of(stepSeed, tf.constant(place)));
        Operand<TFloat32> kept = tf.dtypes.cast(blocks.kept(x, dropped, seed), TFloat32.class);
        return tf.math.mul(kept, tf.constant((float) ((double) Uniform16.VALUES / (Uniform16.VALUES - dropped))));
    }
}
