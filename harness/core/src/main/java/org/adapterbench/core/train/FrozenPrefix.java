package org.adapterbench.core.train;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.adapterbench.api.Sha256;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.RunSpec.DropoutLayers;
import org.adapterbench.api.record.RunSpec.TrainingSpec;
import org.adapterbench.core.RunStopped;
import org.jspecify.annotations.Nullable;

/**
 * The frozen first layers of a run's model: the same function in every epoch, and for every method that
 * starts from the same checkpoint. Their activations are computed once an example and read from the store
 * afterwards. A row's bits depend neither on the other rows of its batch nor, at one padded length, on its
 * place, and every example keeps its padded length, so that a run with the store equals one without, bit for
 * bit.
 */
public final class FrozenPrefix {

    private final ActivationStore store;
    private final String start;

    /** @param start hash of the model that training starts from */
    public FrozenPrefix(ActivationStore store, String start) {
        this.store = store;
        this.start = start;
    }

    /** Nothing is stored: the graph computes every layer of every batch. */
    public static FrozenPrefix computed() {
        return new FrozenPrefix(ActivationStore.none(), "");
    }

    /** Whether training, too, goes through frozen layers as they are evaluated: they have no dropout. */
    public static boolean servesTraining(TrainingSpec spec) {
        return spec.dropout() == 0 || spec.dropoutLayers() == DropoutLayers.ADAPTED;
    }

    /** Bytes of a stored value. */
    public static int valueBytes(Numerics numerics) {
        return ActivationBlock.Width.of(numerics).bytes();
    }

    /**
     * The activations of a selection; null where no layer is frozen or where there is no room, so that the
     * graph computes them batch by batch.
     *
     * @param computed told how many batches have been computed
     */
    @Nullable
    StoredActivations of(
            TrainingGraph graph,
            List<EncodedExample> examples,
            List<BatchPlan.Slot> slots,
            int batchSize,
            IntConsumer computed) {
        if (graph.frozenLayers() == 0 || !store.exists()) {
            return null;
        }
        String key = key(graph, examples, slots, batchSize);
        StoredActivations known = store.find(start, key);
        if (known == null) {
            known = compute(graph, examples, slots, batchSize, computed);
            if (known != null) {
                store.keep(key, known);
            }
        }
        return known;
    }

    private @Nullable StoredActivations compute(
            TrainingGraph graph,
            List<EncodedExample> examples,
            List<BatchPlan.Slot> slots,
            int batchSize,
            IntConsumer computed) {
        Integer[] values = new Integer[examples.size()];
        for (BatchPlan.Slot slot : slots) {
            for (int example : slot.examples()) {
                values[example] = graph.frozenWidth(slot.length());
            }
        }
        List<ActivationBlock> blocks = store.take(Arrays.asList(values), graph.activationWidth());
        if (blocks == null) {
            return null;
        }
        int batches = 0;
        for (BatchPlan.Slot slot : slots) {
            RunStopped.check();
            float[] activations = graph.frozenActivations(
                    Batch.of(examples, slot.examples(), batchSize, slot.length(), graph.config()));
            int width = graph.frozenWidth(slot.length());
            for (int row = 0; row < slot.examples().length; row++) {
                blocks.get(slot.examples()[row]).put(activations, row * width, width);
            }
            computed.accept(++batches);
        }
        return new StoredActivations(blocks);
    }

    /** Everything beside the start that decides the activations. */
    private static String key(
            TrainingGraph graph, List<EncodedExample> examples, List<BatchPlan.Slot> slots, int batchSize) {
        Sha256 sha = new Sha256()
                .add(graph.config().sha256())
                .add(graph.frozenLayers())
                .add(graph.activationWidth().bytes())
                .add(batchSize);
        for (BatchPlan.Slot slot : slots) {
            for (int index : slot.examples()) {
                sha.add(index).add(slot.length());
                for (int id : examples.get(index).tokens().ids()) {
                    sha.add(id);
                }
                for (int type : examples.get(index).tokens().types()) {
                    sha.add(type);
                }
            }
        }
        return sha.hex();
    }
}
