package org.adapterbench.core.encoder;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint16;

/**
 * Inverted dropout with explicit seeds: each place in the graph has a number of its own, each step a seed
 * that is fed, and the mask is a function of the two.
 */
final class Dropout {

    /** Numbers of 16 bits. */
    private static final int VALUES = 1 << 16;

    private final Ops tf;
    private final Operand<TInt64> stepSeed;

    /** @param stepSeed scalar, another value each step */
    Dropout(Ops tf, Operand<TInt64> stepSeed) {
        this.tf = tf;
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
        int dropped = (int) Math.round(rate * VALUES);
        Operand<TUint16> least = tf.dtypes.cast(tf.constant(dropped), TUint16.class);
        Operand<TFloat32> kept = tf.dtypes.cast(tf.math.greaterEqual(bits(x, place), least), TFloat32.class);
        return tf.math.mul(kept, tf.constant((float) ((double) VALUES / (VALUES - dropped))));
    }

    /** Uniform 16-bit numbers, two from each 32-bit one that is drawn. */
    private Operand<TUint16> bits(Operand<TFloat32> x, long place) {
        Operand<TInt64> seed = tf.stack(List.of(stepSeed, tf.constant(place)));
        Operand<TInt32> wanted = tf.size(x);
        Operand<TInt32> pairs = tf.math.floorDiv(tf.math.add(wanted, tf.constant(1)), tf.constant(2));
        Operand<TInt32> drawn = tf.random.statelessRandomUniformFullInt(tf.stack(List.of(pairs)), seed, TInt32.class);
        Operand<TUint16> halves = tf.reshape(tf.bitcast(drawn, TUint16.class), tf.constant(new int[] {-1}));
        return tf.reshape(tf.slice(halves, tf.constant(new int[] {0}), tf.stack(List.of(wanted))), tf.shape(x));
    }
}
