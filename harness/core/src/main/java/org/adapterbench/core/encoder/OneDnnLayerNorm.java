package org.adapterbench.core.encoder;

import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.TensorFlow;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * LayerNorm as one operation, which only builds of TensorFlow with oneDNN have (those for Linux among them). TensorFlow itself puts
 * it where it finds Keras's form of LayerNorm, and knows no gradient of it.
 */
final class OneDnnLayerNorm {

    private static final String OPERATION = "_MklLayerNorm";

    /** Whether this build of TensorFlow has it. */
    static final boolean IS_HERE = TensorFlow.registeredOpList().getOpList().stream()
            .anyMatch(operation -> operation.getName().equals(OPERATION));

    private OneDnnLayerNorm() {}

    /** As {@link Blocks#layerNorm}, over the last axis of x. */
    static Operand<TFloat32> of(
            Ops tf, Operand<TFloat32> x, double epsilon, Operand<TFloat32> scale, Operand<TFloat32> shift) {
        Output<TFloat32> result = tf.scope()
                .opBuilder(OPERATION, "LayerNorm")
                .addInput(x.asOutput())
                .addInput(scale.asOutput())
                .addInput(shift.asOutput())
                .setAttr("epsilon", (float) epsilon)
                .build()
                .output(0);
        return result;
    }
}
