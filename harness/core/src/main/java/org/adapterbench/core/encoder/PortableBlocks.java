package org.adapterbench.core.encoder;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Made of operations whose bits do not depend on the processor: no Softmax, Rsqrt or Reciprocal (they start from
 * approximate instructions), no division by a constant (constant folding would make a reciprocal of it). Gradients are
 * those that TensorFlow derives.
 */
final class PortableBlocks implements Blocks {

    /** Of GELU by tanh (Hendrycks and Gimpel 2016, section 2): 0.5 x (1 + tanh(ROOT (x + CUBIC x³))). */
    static final double CUBIC = 0.044715;

    static final double ROOT = StrictMath.sqrt(2.0 / StrictMath.PI);

    private final Ops tf;

    PortableBlocks(Ops tf) {
        this.tf = tf;
    }

    @Override
    public boolean joinsLinear() {
        return false;
    }

    @Override
    public Operand<TFloat32> rows(Operand<TFloat32> table, Operand<TInt32> ids) {
        return tf.gather(table, ids, tf.constant(0));
    }

    @Override
    public Operand<TFloat32> attention(
            Operand<TFloat32> query,
            Operand<TFloat32> key,
            Operand<TFloat32> value,
            float scale,
            Operand<TFloat32> bias,
            @Nullable Mask mask) {
        Operand<TFloat32> scaled = tf.math.mul(query, tf.constant(scale));
        Operand<TFloat32> scores = tf.train.batchMatMul(scaled, key, TFloat32.class, BatchMatMul.adjY(true));
        Operand<TFloat32> weights = softmax(tf.math.add(scores, bias));
        Operand<TFloat32> kept = mask == null ? weights : tf.math.mul(weights, mask.of(weights));
        return tf.train.batchMatMul(kept, value, TFloat32.class);
    }

    /** Softmax over the last axis: e = exp(x - max x), e / sum e. */
    private Operand<TFloat32> softmax(Operand<TFloat32> x) {
        Operand<TInt32> last = tf.constant(-1);
        Operand<TFloat32> max = tf.stopGradient(tf.reduceMax(x, last, ReduceMax.keepDims(true)));
        Operand<TFloat32> e = tf.math.exp(tf.math.sub(x, max));
        Operand<TFloat32> inverse = tf.math.div(tf.constant(1f), tf.reduceSum(e, last, ReduceSum.keepDims(true)));
        return tf.math.mul(e, inverse);
    }

    @Override
    public Operand<TFloat32> layerNorm(
            Operand<TFloat32> x, int width, double epsilon, Operand<TFloat32> scale, Operand<TFloat32> shift) {
        Centred values = centred(x, width, epsilon);
        Operand<TFloat32> deviation = tf.math.sqrt(values.variance());
        Operand<TFloat32> normal = tf.math.mul(values.centred(), tf.math.div(tf.constant(1f), deviation));
        return tf.math.add(tf.math.mul(normal, scale), shift);
    }

    /**
     * The first half of LayerNorm.
     *
     * @param centred  x - mean
     * @param variance with epsilon, rows x 1
     * @param share    1 / width
     */
    record Centred(Operand<TFloat32> centred, Operand<TFloat32> variance, Operand<TFloat32> share) {}

    Centred centred(Operand<TFloat32> x, int width, double epsilon) {
        Operand<TInt32> last = tf.constant(-1);
        Operand<TFloat32> share = tf.constant((float) (1.0 / width));
        Operand<TFloat32> mean = tf.math.mul(tf.reduceSum(x, last, ReduceSum.keepDims(true)), share);
        Operand<TFloat32> centred = tf.math.sub(x, mean);
        Operand<TFloat32> variance =
                tf.math.mul(tf.reduceSum(tf.math.square(centred), last, ReduceSum.keepDims(true)), share);
        return new Centred(centred, tf.math.add(variance, tf.constant((float) epsilon)), share);
    }

    /**
     * Exact GELU, x/2 (1 + erf(x / sqrt 2)), as u (1 + erf u) / sqrt 2 with u = x / sqrt 2: the backward pass then
     * keeps u and the last factor, and not x as well.
     */
    @Override
    public Operand<TFloat32> gelu(Operand<TFloat32> x) {
        Operand<TFloat32> root = tf.constant((float) StrictMath.sqrt(0.5));
        Operand<TFloat32> u = tf.math.mul(x, root);
        return tf.math.mul(u, tf.math.mul(tf.math.add(tf.math.erf(u), tf.constant(1f)), root));
    }

    @Override
    public Operand<TFloat32> geluTanh(Operand<TFloat32> x) {
        Operand<TFloat32> cubic = tf.math.mul(tf.math.mul(tf.math.square(x), x), tf.constant((float) CUBIC));
        Operand<TFloat32> inner = tf.math.mul(tf.math.add(x, cubic), tf.constant((float) ROOT));
        return tf.math.mul(tf.math.mul(x, tf.constant(0.5f)), tf.math.add(tf.math.tanh(inner), tf.constant(1f)));
    }

    /**
     * Example by example, so that the gradient of W is a sum of products over one example's tokens; wide sides are cut
     * into blocks of {@link Products#SMALL_PRODUCT_DEPTH}.
     */
    @Override
    public Operand<TFloat32> narrow(
            Operand<TFloat32> x, Operand<TFloat32> weight, int out, int in, Operand<TInt32> batch) {
        Operand<TFloat32> examples = tf.reshape(x, tf.stack(List.of(batch, tf.constant(-1), tf.constant(in))));
        // The product's gradient wants a value, not a reference to a variable.
        Operand<TFloat32> matrix = tf.identity(weight);
        List<Operand<TFloat32>> blocks = new ArrayList<>();
        for (int o = 0; o < out; o += Products.SMALL_PRODUCT_DEPTH) {
            int rows = Math.min(Products.SMALL_PRODUCT_DEPTH, out - o);
            Operand<TFloat32> sum = null;
            for (int i = 0; i < in; i += Products.SMALL_PRODUCT_DEPTH) {
                int columns = Math.min(Products.SMALL_PRODUCT_DEPTH, in - i);
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
}
