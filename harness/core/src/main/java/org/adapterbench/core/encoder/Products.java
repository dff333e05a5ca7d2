package org.adapterbench.core.encoder;

import java.util.ArrayList;
import java.util.List;
import org.adapterbench.api.method.LowRank;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

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

    /**
     * x Wᵀ where W is narrow on one side, example by example, so that the gradient of W is a sum of products
     * over one example's tokens; wide sides are cut into blocks of {@link #SMALL_PRODUCT_DEPTH}.
     *
     * @param x       tokens x in
     * @param weight  out x in
     * @param batch   examples, the number of which divides the tokens
     */
    Operand<TFloat32> narrow(Operand<TFloat32> x, Operand<TFloat32> weight, int out, int in, Operand<TInt32> batch) {
        Operand<TFloat32> examples = tf.reshape(x, tf.stack(List.of(batch, tf.constant(-1), tf.constant(in))));
        // The product's gradient wants a value, not a reference to a variable.
        Operand<TFloat32> matrix = tf.identity(weight);
        List<Operand<TFloat32>> blocks = new ArrayList<>();
        for (int o = 0; o < out; o += SMALL_PRODUCT_DEPTH) {
            int rows = Math.min(SMALL_PRODUCT_DEPTH, out - o);
            Operand<TFloat32> sum = null;
            for (int i = 0; i < in; i += SMALL_PRODUCT_DEPTH) {
                int columns = Math.min(SMALL_PRODUCT_DEPTH, in - i);
                Operand<TFloat32> part = columns == in
                        ? examples
                        : tf.slice(
                                examples, tf.constant(new int[] {0, 0, i}), tf.constant(new int[] {-1, -1, columns}));
                Operand<TFloat32> block = rows == out && columns == in
                        ? matrix
                        : tf.slice(matrix, tf.constant(new int[] {o, i}), tf.constant(new int[] {rows, columns}));
                Operand<TFloat32> product = tf.train.batchMatMul(part, block, TFloat32.class, BatchMatMul.adjY(true));
                sum = sum == null ? product : tf.math.add(sum, product);
            }
            blocks.add(sum);
        }
        Operand<TFloat32> joined = blocks.size() == 1 ? blocks.get(0) : tf.concat(blocks, tf.constant(2));
        return tf.reshape(joined, tf.constant(new int[] {-1, out}));
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
