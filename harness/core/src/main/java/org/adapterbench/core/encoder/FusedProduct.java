package org.adapterbench.core.encoder;

import org.adapterbench.api.record.Numerics;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A product, its bias and GELU by tanh as the one operation that TensorFlow's rewriting would make of them. The
 * rewriting does not find them in our graphs, though it finds exact GELU, so the operation is asked for by its name.
 * It has no gradient.
 */
final class FusedProduct {

    private FusedProduct() {}

    /**
     * Whether to ask for it. On processors only oneDNN has a kernel, in builds with oneDNN and where the environment
     * switches it on, as that of a worker of fast numerics does. Mixed precision would leave the product in float32.
     */
    static boolean isFor(Numerics numerics) {
        return numerics == Numerics.FAST
                && OneDnnLayerNorm.IS_HERE
                && "1".equals(System.getenv("TF_ENABLE_ONEDNN_OPTS"));
    }

    /**
     * {@link Blocks#geluTanh} of x W + bias.
     *
     * @param x      rows x in
     * @param weight in x out
     */
    static Operand<TFloat32> geluTanh(Ops tf, Operand<TFloat32> x, Operand<TFloat32> weight, Operand<TFloat32> bias) {
        Output<TFloat32> result = tf.scope()
                .opBuilder("_FusedMatMul", "FusedProduct")
                .addInput(x.asOutput())
                .addInput(weight.asOutput())
                .addInputList(new Output<?>[] {bias.asOutput()})
                .setAttr("fused_ops", new String[] {"BiasAdd", "GeluApproximate"})
                .build()
                .output(0);
        return result;
    }
}
