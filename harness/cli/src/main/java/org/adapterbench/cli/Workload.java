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
 * @param examples     number of examples
 * @param tokens       of all examples as they are padded; rows that only fill a batch are not counted
 */
record Workload(int batches, double forwardFlops, int longest, long examples, long tokens) {

    static Workload of(BatchPlan plan, int batchSize, EncoderConfig encoder) {
        List<BatchPlan.Slot> slots = plan.inOrder();
        return new Workload(
                slots.size(),
                slots.stream()
                        .mapToDouble(slot -> Flops.forward(encoder, batchSize, slot.length()))
                        .sum(),
                slots.stream().mapToInt(BatchPlan.Slot::length).max().orElse(0),
                slots.stream().mapToLong(slot -> slot.examples().length).sum(),
                slots.stream()
                        .mapToLong(slot -> (long) slot.examples().length * slot.length())
                        .sum());
    }

    /** The same mixture of lengths, this many times over. */
    Workload times(double factor) {
        return new Workload(
                (int) Math.round(batches * factor),
                forwardFlops * factor,
                longest,
                Math.round(examples * factor),
                Math.round(tokens * factor));
    }

    /** Values behind frozen layers: H a token, or an example where the head follows, which sees the first token. */
    long activations(EncoderConfig encoder, int frozenLayers) {
        return encoder.hidden() * (frozenLayers == encoder.layers() ? examples : tokens);
    }
}
