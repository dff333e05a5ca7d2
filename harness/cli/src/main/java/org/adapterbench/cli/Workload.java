package org.adapterbench.cli;

import java.util.List;
import org.adapterbench.core.encoder.Flops;
import org.adapterbench.core.train.BatchPlan;
import org.adapterbench.core.weights.EncoderConfig;

/**
 * The batches of one pass over a selection, which decide its cost exactly.
 *
 * @param batches      number of batches
 * @param forwardFlops floating-point operations of one forward pass over all of them, padding included
 * @param longest      padded length of the longest batch
 */
record Workload(int batches, double forwardFlops, int longest) {

    static Workload of(BatchPlan plan, int batchSize, EncoderConfig encoder) {
        List<BatchPlan.Slot> slots = plan.inOrder();
        return new Workload(
                slots.size(),
                slots.stream()
                        .mapToDouble(slot -> Flops.forward(encoder, batchSize, slot.length()))
                        .sum(),
                slots.stream().mapToInt(BatchPlan.Slot::length).max().orElse(0));
    }

    /** The same mixture of lengths, this many times over. */
    Workload times(double factor) {
        return new Workload((int) Math.round(batches * factor), forwardFlops * factor, longest);
    }

    /** Both passes one after the other. */
    Workload and(Workload other) {
        return new Workload(
                batches + other.batches, forwardFlops + other.forwardFlops, Math.max(longest, other.longest));
    }
}
