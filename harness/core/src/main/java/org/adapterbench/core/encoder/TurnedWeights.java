package org.adapterbench.core.encoder;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * Weights in x out, as fast numerics' products are quicker with them. They are computed once for many passes, which are
 * fed them.
 */
public final class TurnedWeights {

    private final Ops tf;
    private final List<Operand<TFloat32>> computed = new ArrayList<>();
    private final List<Operand<TFloat32>> fed = new ArrayList<>();

    public TurnedWeights(Ops tf) {
        this.tf = tf;
    }

    /**
     * Adds one, and the place where passes are fed it.
     *
     * @param weight out x in
     * @return in x out
     */
    Operand<TFloat32> turn(Operand<TFloat32> weight) {
        Operand<TFloat32> turned = tf.linalg.transpose(weight, tf.constant(new int[] {1, 0}));
        Placeholder<TFloat32> place = tf.placeholder(
                TFloat32.class, Placeholder.shape(turned.asOutput().shape()));
        computed.add(turned);
        fed.add(place);
        return place;
    }

    /** What to fetch once. */
    public List<Operand<TFloat32>> computed() {
        return List.copyOf(computed);
    }

    /** Where to feed it, in the same order. */
    public List<Operand<TFloat32>> fed() {
        return List.copyOf(fed);
    }
}
