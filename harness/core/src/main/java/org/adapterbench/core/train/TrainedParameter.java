package org.adapterbench.core.train;

import java.util.List;

/**
 * A tensor that the optimizer updates.
 *
 * @param head   whether it counts as part of the head and follows the head's learning rate
 * @param decays whether weight decay applies
 */
public record TrainedParameter(String name, List<Integer> shape, boolean head, boolean decays) {

    public long size() {
        return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    }
}
