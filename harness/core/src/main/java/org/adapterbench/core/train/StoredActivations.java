package org.adapterbench.core.train;

import java.util.Arrays;
import java.util.List;

/**
 * Activations behind the frozen layers for a selection of examples.
 *
 * @param blocks one an example: padded length x hidden values in row-major order, or the first token's hidden
 *               values alone where the head follows
 */
record StoredActivations(List<ActivationBlock> blocks) {

    StoredActivations {
        blocks = List.copyOf(blocks);
    }

    /** The batch with its examples' activations, so that the graph need not compute them. */
    Batch attachedTo(Batch batch) {
        return batch.withFrozen(
                Arrays.stream(batch.examples()).mapToObj(blocks::get).toList());
    }
}
