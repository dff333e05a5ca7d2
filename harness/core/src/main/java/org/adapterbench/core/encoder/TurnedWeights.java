package org.adapterbench.core.encoder;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.PlaceholderWithDefault;
import org.tensorflow.types.TFloat32;

/**
 * Weights as a product takes them up quickest, in x out. They are computed once for many passes, which are fed them;
 * a pass that is not fed them computes them itself, to the same bits.
 */
public final class TurnedWeights {

    private final Ops tf;
    private final List<Operand<TFloat32>> computed = new ArrayList<>();
    private final List<Operand<TFloat32>> fed = new ArrayList<>();

    public TurnedWeights(Ops tf) {
        this.tf = tf;
    }

    /**
     * A weight, turned.
     *
     * @param weight out x in
     * @return in x out
     */
    Operand<TFloat32> of(Operand<TFloat32> weight) {
        Operand<TFloat32> turned = tf.linalg.transpose(weight, tf.constant(new int[] {1, 0}));
        PlaceholderWithDefault<TFloat32> place =
                tf.placeholderWithDefault(turned, turned.asOutput().shape());
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
