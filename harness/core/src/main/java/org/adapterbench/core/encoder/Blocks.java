package org.adapterbench.core.encoder;

import org.adapterbench.api.record.Numerics;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The parts of a forward pass that portable and fast numerics compute each their own way. */
interface Blocks {

    /** What dropout multiplies values with. */
    @FunctionalInterface
    interface Mask {
        /** @param x gives the shape */
        Operand<TFloat32> of(Operand<TFloat32> x);
    }

    /** The blocks of these numerics. @param trained whether a gradient passes through them */
    static Blocks of(Ops tf, Numerics numerics, boolean trained) {
        return numerics == Numerics.PORTABLE ? new PortableBlocks(tf) : new FastBlocks(tf, trained);
    }

    /** Whether several linear maps of the same rows are to be one, by their weights one below the other. */
    boolean joinsLinear();

    /**
     * Rows of a table.
     *
     * @param table rows x width
     * @param ids   of the rows, a vector
     */
    Operand<TFloat32> rows(Operand<TFloat32> table, Operand<TInt32> ids);

    /**
     * softmax(scale Q Kᵀ + bias) V for each head, B x heads x T x width as Q; K and V have S for T.
     *
     * @param bias  B x 1 x 1 x S
     * @param mask  on the attention weights, B x heads x T x S
     */
    Operand<TFloat32> attention(
            Operand<TFloat32> query,
            Operand<TFloat32> key,
            Operand<TFloat32> value,
            float scale,
            Operand<TFloat32> bias,
            @Nullable Mask mask);

    /**
     * (x - mean) / sqrt(variance + epsilon) * scale + shift over the last axis (Ba et al. 2016).
     *
     * @param x     rows x width
     * @param width static size of the last axis
     */
    Operand<TFloat32> layerNorm(
            Operand<TFloat32> x, int width, double epsilon, Operand<TFloat32> scale, Operand<TFloat32> shift);

    /** Exact GELU, x/2 (1 + erf(x / sqrt 2)) (Hendrycks and Gimpel 2016). */
    Operand<TFloat32> gelu(Operand<TFloat32> x);

    /** GELU's tanh approximation, x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x³))). */
    Operand<TFloat32> geluTanh(Operand<TFloat32> x);

    /**
     * x Wᵀ where W is narrow on one side.
     *
     * @param x      tokens x in
     * @param weight out x in
     * @param batch  examples, the number of which divides the tokens
     */
    Operand<TFloat32> narrow(Operand<TFloat32> x, Operand<TFloat32> weight, int out, int in, Operand<TInt32> batch);
}
