package org.adapterbench.core.encoder;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Made of TensorFlow's quickest operations, with gradients stated as formulas: both pass over memory less often than
 * what can be portable. Bits follow the processor.
 */
final class FastBlocks implements Blocks {

    private final Ops tf;
    private final boolean trained;
    /** For what has no quicker way. */
    private final PortableBlocks portable;

    FastBlocks(Ops tf, boolean trained) {
        this.tf = tf;
        this.trained = trained;
        this.portable = new PortableBlocks(tf);
    }

    @Override
    public boolean joinsLinear() {
        return true;
    }

    @Override
    public Operand<TFloat32> rows(Operand<TFloat32> table, Operand<TInt32> ids) {
        Operand<TFloat32> rows = portable.rows(table, ids);
        return trained
                ? StatedGradient.ROWS.of(tf, rows, List.of(table), List.of(tf.bitcast(ids, TFloat32.class)))
                : rows;
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
        // x times the density. u exp(-u²) as a quotient: one pass over memory less. 0 where exp(u²) overflows. Not
        // RealDiv, through which mixed precision keeps float32 behind an exponential: this quotient is bounded.
        Operand<TFloat32> bell = tf.math.div(u, tf.math.exp(tf.math.square(u)));
        Operand<TFloat32> density = tf.math.mul(bell, tf.constant((float) (1 / StrictMath.sqrt(StrictMath.PI))));
        Operand<TFloat32> derivative = tf.math.add(density, distribution);
        return StatedGradient.GELU.of(tf, tf.math.mul(x, distribution), List.of(x), List.of(derivative));
    }

    /** y = x half has the derivative half + x half', and half = (1 + tanh inner) / 2 has 2 half (1 - half) inner'. */
    @Override
    public Operand<TFloat32> geluTanh(Operand<TFloat32> x) {
        Operand<TFloat32> square = tf.math.square(x);
        Operand<TFloat32> cubic = tf.math.mul(tf.math.mul(x, tf.constant((float) PortableBlocks.CUBIC)), square);
        Operand<TFloat32> inner = tf.math.mul(tf.math.add(x, cubic), tf.constant((float) PortableBlocks.ROOT));
        Operand<TFloat32> half = tf.math.mul(tf.math.add(tf.math.tanh(inner), tf.constant(1f)), tf.constant(0.5f));
        Operand<TFloat32> result = tf.math.mul(half, x);
        if (!trained) {
            return result;
        }
        double slope = 2 * PortableBlocks.ROOT;
        Operand<TFloat32> twiceInner = tf.math.add(
                tf.math.mul(square, tf.constant((float) (3 * PortableBlocks.CUBIC * slope))),
                tf.constant((float) slope));
        Operand<TFloat32> rest = tf.math.mul(tf.math.sub(tf.constant(1f), half), twiceInner);
        Operand<TFloat32> derivative = tf.math.add(half, tf.math.mul(result, rest));
        return StatedGradient.GELU.of(tf, result, List.of(x), List.of(derivative));
    }

    @Override
    public Operand<TFloat32> narrow(
            Operand<TFloat32> x, Operand<TFloat32> weight, int out, int in, Operand<TInt32> batch) {
        return new Products(tf).wide(x, weight);
    }
}
