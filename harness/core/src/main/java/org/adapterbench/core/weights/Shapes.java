package org.adapterbench.core.weights;

import java.util.List;
import org.adapterbench.api.UserError;

/** Shapes as files state them: numbers that anybody may have written. */
final class Shapes {

    private static final int MOST_DIMENSIONS = 8;

    private Shapes() {}

    /**
     * @param where file and tensor for the message
     * @throws UserError when a dimension is none
     */
    static List<Integer> of(String where, List<Long> dimensions) {
        if (dimensions.size() > MOST_DIMENSIONS) {
            throw new UserError(
                    where + " has " + dimensions.size() + " dimensions (allowed: at most " + MOST_DIMENSIONS + ")");
        }
        for (long dimension : dimensions) {
            if (dimension < 0 || dimension > Integer.MAX_VALUE) {
                throw new UserError(
                        where + " has the dimension " + dimension + " (allowed: 0 to " + Integer.MAX_VALUE + ")");
            }
        }
        return dimensions.stream().map(Long::intValue).toList();
    }

    /** Whether so many bytes are the fp32 values of a shape. */
    static boolean holds(List<Integer> shape, long bytes) {
        long elements = 1;
        for (int dimension : shape) {
            // Both factors are below 2^31, so that nothing overflows.
            elements *= dimension;
            if (elements > Integer.MAX_VALUE) {
                return false;
            }
        }
        return bytes == elements * Float.BYTES;
    }
}
