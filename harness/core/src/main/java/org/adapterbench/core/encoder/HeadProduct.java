package org.adapterbench.core.encoder;

import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Products of one matrix a head. TensorFlow hands the second version of the operation to oneDNN, and executes the third,
 * which alone its Java interface has and its own gradients are made of, matrix by matrix ({@code make bench-profile}
 * names the operations that were executed).
 */
final class HeadProduct {

    private static final String OPERATION = "BatchMatMulV2";

    private HeadProduct() {}

    /** @param a B x heads x rows x columns, transposed where said, as b is */
    static Operand<TFloat32> of(
            Ops tf, Operand<TFloat32> a, boolean transposeA, Operand<TFloat32> b, boolean transposeB) {
        Output<TFloat32> product = tf.scope()
                .opBuilder(OPERATION, OPERATION)
                .addInput(a.asOutput())
                .addInput(b.asOutput())
                .setAttr("adj_x", transposeA)
                .setAttr("adj_y", transposeB)
                .build()
                .output(0);
        return product;
    }
}
