package org.adapterbench.api.method;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * What an adapter builds its part of the forward graph with. With portable numerics the helper operations keep
 * to the rules that give the same bits on every processor (no Softmax, Rsqrt or Reciprocal, bounded product shapes); use
 * them in place of raw matrix products.
 */
public interface GraphScope {

    /**
     * TensorFlow's operations, in the graph under construction. What portable numerics do not allow is not refused here
     * but found in the graph, by the contract kit.
     */
    Ops tf();

    /** Whether this is the training graph, with dropout, or the evaluation graph. */
    boolean training();

    /** The variable of an {@link AddedParameter} of this adapter. */
    Operand<TFloat32> added(String name);

    /** The value of a model parameter as the forward pass sees it. */
    Operand<TFloat32> parameter(String name);

    /**
     * x Wᵀ: applies a linear map to each of some tokens.
     *
     * @param x      tokens x in
     * @param weight out x in
     * @return tokens x out
     */
    Operand<TFloat32> linear(Operand<TFloat32> x, Operand<TFloat32> weight);

    /** Inverted dropout with the run's dropout stream; {@code x} itself when not training or rate is 0. */
    Operand<TFloat32> dropout(Operand<TFloat32> x, double rate);
}
