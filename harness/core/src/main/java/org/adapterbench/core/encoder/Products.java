package org.adapterbench.core.encoder;

import org.adapterbench.api.method.LowRank;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/** Products of rows with a weight, kept to shapes that the kernels cut the same way whatever the cache sizes. */
final class Products {

    /** Widths up to this count as narrow: their products have small outputs. */
    static final int NARROW = LowRank.ANY_WIDTH_UP_TO;

    /** The longest inner dimension of a product with a small output. */
    static final int SMALL_PRODUCT_DEPTH = 384;

    private final Ops tf;

    Products(Ops tf) {
        this.tf = tf;
    }

    /**
     * x Wᵀ with a wide weight.
     *
     * @param x      rows x in
     * @param weight out x in
     */
    Operand<TFloat32> wide(Operand<TFloat32> x, Operand<TFloat32> weight) {
        return tf.linalg.matMul(x, weight, MatMul.transposeB(true));
    }

    /** The same with a bias of one value an output. */
    Operand<TFloat32> wide(Operand<TFloat32> x, Operand<TFloat32> weight, Operand<TFloat32> bias) {
        return tf.nn.biasAdd(wide(x, weight), bias);
    }

    /**
     * x W + bias with a wide weight.
     *
     * @param x      rows x in
     * @param weight in x out
     */
    Operand<TFloat32> turned(Operand<TFloat32> x, Operand<TFloat32> weight, Operand<TFloat32> bias) {
        return tf.nn.biasAdd(tf.linalg.matMul(x, weight), bias);
    }

    /**
     * x Wᵀ for one row an example and few outputs: inner dimension cut into blocks.
     *
     * @param x      examples x in
     * @param weight out x in
     */
    Operand<TFloat32> few(Operand<TFloat32> x, Operand<TFloat32> weight, int out, int in) {
        Operand<TFloat32> sum = null;
        for (int i = 0; i < in; i += SMALL_PRODUCT_DEPTH) {
            int columns = Math.min(SMALL_PRODUCT_DEPTH, in - i);
            Operand<TFloat32> part = columns == in
                    ? x
                    : tf.slice(x, tf.constant(new int[] {0, i}), tf.constant(new int[] {-1, columns}));
            Operand<TFloat32> block = columns == in
                    ? weight
                    : tf.slice(weight, tf.constant(new int[] {0, i}), tf.constant(new int[] {out, columns}));
            Operand<TFloat32> product = wide(part, block);
            sum = sum == null ? product : tf.math.add(sum, product);
        }
        return sum;
    }
}
