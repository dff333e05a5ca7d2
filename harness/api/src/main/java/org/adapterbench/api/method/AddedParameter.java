package org.adapterbench.api.method;

import java.util.List;
import java.util.function.Supplier;

/**
 * A tensor that an adapter adds to the model. Its shape is known before the weights are, its values need not be.
 *
 * @param name      unique; by custom the site's name plus the paper's symbol, for instance
 *                  {@code encoder.layer.3.attention.self.query.lora_A}
 * @param shape     dimensions
 * @param start     gives the values at step 0 in row-major order, the same each time
 * @param trainable false for fixed factors (bases, permuted triangles)
 * @param decays    whether AdamW's decoupled weight decay applies
 */
public record AddedParameter(
        String name, List<Integer> shape, Supplier<float[]> start, boolean trainable, boolean decays) {

    public AddedParameter {
        shape = List.copyOf(shape);
    }

    /**
     * The values at step 0, row-major.
     *
     * @throws IllegalArgumentException when their number is not that of the shape
     */
    public float[] initial() {
        float[] values = start.get();
        if (size() != values.length) {
            throw new IllegalArgumentException(
                    name + ": " + values.length + " values for shape " + shape + " (allowed: " + size() + ")");
        }
        return values;
    }

    /** Number of scalars. */
    public long size() {
        return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    }
}
