package org.adapterbench.api.method;

import java.util.List;

/**
 * A tensor that an adapter adds to the model.
 *
 * @param name      unique; by custom the site's name plus the paper's symbol, for instance
 *                  {@code encoder.layer.3.attention.self.query.lora_A}
 * @param shape     dimensions
 * @param initial   values at step 0 in row-major order
 * @param trainable false for fixed factors (bases, permuted triangles)
 * @param decays    whether AdamW's decoupled weight decay applies
 */
public record AddedParameter(String name, List<Integer> shape, float[] initial, boolean trainable, boolean decays) {

    public AddedParameter {
        shape = List.copyOf(shape);
        long size = shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
        if (size != initial.length) {
            throw new IllegalArgumentException(
                    name + ": " + initial.length + " values for shape " + shape + " (allowed: " + size + ")");
        }
    }

    /** Number of scalars. */
    public long size() {
        return initial.length;
    }
}
