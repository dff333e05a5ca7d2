package org.adapterbench.core.encoder;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Made of TensorFlow's quickest operations, with gradients stated as formulas: both pass over memory less often than
 * what can be portable. Bits follow the processor.
 */
final class FastBlocks implements Blocks {

    /**
     * Outputs narrower than this gain (1,536 to 384), others do not (3,072 to 768): {@code make bench
     * BENCH=ProductBenchmark NUMERICS=fast}.
     */
    private static final int TRANSPOSED_BELOW = 512;

    private final Ops tf;
    private final boolean trained;
    /** For what has no quicker way. */
    private final PortableBlocks portable;

    FastBlocks(Ops tf, boolean trained) {
        this.tf = tf;
        this.trained = trained;
        this.portable = new PortableBlocks(tf);
    }

    /** Sums over many columns into few rows are quicker with the weight transposed before. */
    @Override
    public Operand<TFloat32> linear(
            Operand<TFloat32> x, Operand<TFloat32> weight, Operand<TFloat32> bias, int out, int in) {
        if (in <= out || out >= TRANSPOSED_BELOW) {
            return portable.linear(x, weight, bias, out, in);
        }
        // The shape's check keeps TensorFlow's rewriting from making one transposed product of it again.
        Operand<TFloat32> transposed =
                tf.ensureShape(tf.linalg.transpose(weight, tf.constant(new int[] {1, 0})), Shape.of(in, out));
        Operand<TFloat32> result = tf.nn.biasAdd(tf.linalg.matMul(x, transposed), bias);
        return trained ? StatedGradient.LINEAR.of(tf, result, List.of(x, weight, bias), List.of()) : result;
    }

    @Override
    public boolean joinsLinear() {
        return true;
    }

    /** In the form whose scale and bias TensorFlow's rewriting fuses with the product where oneDNN is on. */
    @Override
    public Operand<TFloat32> attention(
            Operand<TFloat32> query,
            Operand<TFloat32> key,
            Operand<TFloat32> value,
            float scale,
            Operand<TFloat32> bias,
            @Nullable Mask mask) {
        Operand<TFloat32> factor = tf.constant(scale);
        Operand<TFloat32> scores = tf.math.mul(HeadProduct.of(tf, query, false, key, true), factor);
        Operand<TFloat32> weights = tf.nn.softmax(tf.math.add(scores, bias));
        Operand<TFloat32> afterDropout = mask == null ? weights : tf.math.mul(weights, mask.of(weights));
        Operand<TFloat32> context = HeadProduct.of(tf, afterDropout, false, value, false);
        if (!trained) {
            return context;
        }
        List<Operand<TFloat32>> inputs = List.of(query, key, value);
        return mask == null
                ? StatedGradient.ATTENTION.of(tf, context, inputs, List.of(factor, weights))
                : StatedGradient.DROPPED_ATTENTION.of(tf, context, inputs, List.of(factor, weights, afterDropout));
    }

    @Override
    public Operand<TFloat32> layerNorm(
            Operand<TFloat32> x, int width, double epsilon, Operand<TFloat32> scale, Operand<TFloat32> shift) {
        if (!trained && OneDnnLayerNorm.IS_HERE) {
            return OneDnnLayerNorm.of(tf, x, epsilon, scale, shift);
        }
        PortableBlocks.Centred values = portable.centred(x, width, epsilon);
        Operand<TFloat32> inverse = tf.math.rsqrt(values.variance());
        Operand<TFloat32> normal = tf.math.mul(values.centred(), inverse);
        Operand<TFloat32> result = tf.math.add(tf.math.mul(normal, scale), shift);
        return trained
                ? StatedGradient.LAYER_NORM.of(
                        tf, result, List.of(x, scale, shift), List.of(normal, inverse, values.share()))
                : result;
    }

    /** Without a gradient in the form that TensorFlow's rewriting fuses with the product before it. */
    @Override
    public Operand<TFloat32> gelu(Operand<TFloat32> x) {
        Operand<TFloat32> half = tf.constant(0.5f);
        Operand<TFloat32> u = tf.math.mul(x, tf.constant((float) StrictMath.sqrt(0.5)));
        if (!trained) {
            return tf.math.mul(tf.math.mul(tf.math.add(tf.math.erf(u), tf.constant(1f)), half), x);
        }
        Operand<TFloat32> distribution = tf.math.add(tf.math.mul(tf.math.erf(u), half), half);
        return StatedGradient.GELU.of(tf, tf.math.mul(x, distribution), List.of(x), List.of(u, distribution));
    }

    @Override
    public Operand<TFloat32> geluTanh(Operand<TFloat32> x) {
        return portable.geluTanh(x);
    }

    @Override
    public Operand<TFloat32> narrow(
            Operand<TFloat32> x, Operand<TFloat32> weight, int out, int in, Operand<TInt32> batch) {
        return new Products(tf).wide(x, weight);
    }
}
