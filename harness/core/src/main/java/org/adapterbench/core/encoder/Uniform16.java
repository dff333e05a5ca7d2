package org.adapterbench.core.encoder;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint16;

/** Uniform 16-bit numbers, two from each 32-bit one that is drawn. */
final class Uniform16 {

    /** So many values a number has. */
    static final int VALUES = 1 << 16;

    private final Ops tf;

    Uniform16(Ops tf) {
        this.tf = tf;
    }

    /**
     * A vector of so many numbers.
     *
     * @param wanted scalar
     * @param seed   2 numbers that decide all
     */
    Operand<TUint16> numbers(Operand<TInt32> wanted, Operand<TInt64> seed) {
        Operand<TInt32> pairs = half(wanted);
        Operand<TInt32> drawn = tf.random.statelessRandomUniformFullInt(tf.stack(List.of(pairs)), seed, TInt32.class);
        Operand<TUint16> halves = tf.reshape(tf.bitcast(drawn, TUint16.class), tf.constant(new int[] {-1}));
        return tf.slice(halves, tf.constant(new int[] {0}), tf.stack(List.of(wanted)));
    }

    /** Half of a number, rounded up. */
    Operand<TInt32> half(Operand<TInt32> number) {
        return tf.math.floorDiv(tf.math.add(number, tf.constant(1)), tf.constant(2));
    }

    /** @param value below {@link #VALUES} */
    Operand<TUint16> constant(int value) {
        return tf.dtypes.cast(tf.constant(value), TUint16.class);
    }
}
