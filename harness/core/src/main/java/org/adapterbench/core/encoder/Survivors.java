package org.adapterbench.core.encoder;

import java.util.List;
import org.adapterbench.api.record.Numerics;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint16;

/** Which elements dropout leaves, decided by uniform 16-bit numbers. */
public enum Survivors {

    /** A number decides one element. */
    ONE_EACH {
        @Override
        Operand<TBool> of(Ops tf, Operand<TInt32> elements, int lost, Operand<TInt64> seed) {
            return tf.math.greaterEqual(numbers(tf, elements, seed), constant(tf, lost));
        }
    },

    /** A number decides two elements, one of each half, since drawing is what masks cost most. */
    ONE_FOR_TWO {
        @Override
        Operand<TBool> of(Ops tf, Operand<TInt32> elements, int lost, Operand<TInt64> seed) {
            Operand<TBool> both = ofPairs(tf, numbers(tf, half(tf, elements), seed), lost);
            return tf.slice(both, tf.constant(new int[] {0}), tf.stack(List.of(elements)));
        }
    };

    /** So many values a number has. */
    static final int VALUES = 1 << 16;

    /** Those of runs by these numerics. */
    public static Survivors by(Numerics numerics) {
        return numerics == Numerics.PORTABLE ? ONE_EACH : ONE_FOR_TWO;
    }

    /**
     * A vector of decisions.
     *
     * @param elements how many, scalar
     * @param lost     so many of {@link #VALUES} values are not left
     * @param seed     2 numbers that decide everything
     */
    abstract Operand<TBool> of(Ops tf, Operand<TInt32> elements, int lost, Operand<TInt64> seed);

    /**
     * Twice as many decisions as numbers: by one range of values and by another, the two with as many values in common
     * as independent decisions have, to the nearest (the probability that both elements go errs by 1/131,072 at most).
     */
    static Operand<TBool> ofPairs(Ops tf, Operand<TUint16> numbers, int lost) {
        Operand<TUint16> least = constant(tf, lost);
        int common = (int) Math.round((double) lost * lost / VALUES);
        // Numbers below the second range wrap around to the greatest.
        Operand<TUint16> shifted = tf.math.sub(numbers, constant(tf, lost - common));
        return tf.concat(
                List.of(tf.math.greaterEqual(numbers, least), tf.math.greaterEqual(shifted, least)), tf.constant(0));
    }

    /** Uniform 16-bit numbers, two from each 32-bit one that is drawn. */
    private static Operand<TUint16> numbers(Ops tf, Operand<TInt32> wanted, Operand<TInt64> seed) {
        Operand<TInt32> drawn =
                tf.random.statelessRandomUniformFullInt(tf.stack(List.of(half(tf, wanted))), seed, TInt32.class);
        Operand<TUint16> halves = tf.reshape(tf.bitcast(drawn, TUint16.class), tf.constant(new int[] {-1}));
        return tf.slice(halves, tf.constant(new int[] {0}), tf.stack(List.of(wanted)));
    }

    /** Half of a number, rounded up. */
    private static Operand<TInt32> half(Ops tf, Operand<TInt32> number) {
        return tf.math.floorDiv(tf.math.add(number, tf.constant(1)), tf.constant(2));
    }

    private static Operand<TUint16> constant(Ops tf, int value) {
        return tf.dtypes.cast(tf.constant(value), TUint16.class);
    }
}
