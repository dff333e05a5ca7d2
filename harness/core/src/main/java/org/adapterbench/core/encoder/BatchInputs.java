package org.adapterbench.core.encoder;

import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The placeholders that a batch is fed through; B examples of S tokens.
 *
 * @param tokens    B x S token ids
 * @param types     B x S segments
 * @param positions B x S rows of the position embedding
 * @param mask      B x S, 1 for tokens and 0 for padding
 */
public record BatchInputs(
        Placeholder<TInt32> tokens,
        Placeholder<TInt32> types,
        Placeholder<TInt32> positions,
        Placeholder<TFloat32> mask) {

    /** New placeholders in a graph. */
    public static BatchInputs in(Ops tf) {
        Placeholder.Options unknown = Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE, Shape.UNKNOWN_SIZE));
        return new BatchInputs(
                tf.placeholder(TInt32.class, unknown),
                tf.placeholder(TInt32.class, unknown),
                tf.placeholder(TInt32.class, unknown),
                tf.placeholder(TFloat32.class, unknown));
    }
}
