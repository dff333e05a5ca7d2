package org.adapterbench.cli;

import java.util.ArrayList;
import java.util.List;
import org.adapterbench.api.method.ModelParameter;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.RunSpec.Checkpoint;
import org.adapterbench.api.record.RunSpec.TrainingSpec;
import org.adapterbench.core.config.Save;
import org.adapterbench.core.encoder.Flops;
import org.adapterbench.core.encoder.ModelLayout;
import org.adapterbench.core.train.FrozenPrefix;
import org.adapterbench.core.train.TrainingGraph;
import org.adapterbench.core.weights.EncoderConfig;
import org.jspecify.annotations.Nullable;

/**
 * A run's cost from its shapes: work from the sizes of the matrix products, memory and disk from the numbers of
 * values. Frozen layers are computed once an example where the activations are stored.
 *
 * @param layout  of the encoder with its head
 * @param recipe  of the run's own training
 * @param reach   of its method
 * @param batches that it goes through
 * @param save    what it keeps of its weights
 * @param numerics decide how wide a stored activation is
 */
record CostFormula(
        ModelLayout layout, TrainingSpec recipe, Reach reach, Batches batches, Save save, Numerics numerics) {

    /** Java, TensorFlow's library, and buffers. */
    static final long WORKER_BYTES = 700_000_000L;
    /** A record and a log. */
    static final long RUN_BYTES = 1_000_000L;

    static final long PREDICTION_BYTES = 120;

    /** Of a trained value beside its gradients. */
    private static final int MOMENTS = 2;
    /** Of a trained value in a saved state: itself and two moments. */
    private static final int STATE_VALUES = 3;

    /** A warm-up that this run makes. */
    record Warmup(TrainingSpec recipe, Workload training) {

        int steps() {
            return recipe.epochs() * training.batches();
        }
    }

    /**
     * The cost.
     *
     * @param room    of the worker, which takes in what the run stores
     * @param warmup  null where none is made
     */
    RunCost cost(ActivationRoom room, @Nullable Warmup warmup) {
        double flops = flops(room);
        long all = size(false);
        long trained = reach.trained().values();
        long backward = backward(recipe, batches.training(), reach);
        if (warmup == null) {
            return new RunCost(0, steps(), flops, peak(trained, backward, room), disk(room, 0));
        }
        Reach everything = Reach.everything(layout);
        flops += warmup.recipe().epochs()
                * warmup.training().forwardFlops()
                * (1 + everything.backwardPasses())
                * (1 - unreadShare());
        backward = Math.max(backward, backward(warmup.recipe(), warmup.training(), everything));
        return new RunCost(warmup.steps(), steps(), flops, peak(all, backward, room), disk(room, all));
    }

    private int epochs() {
        return reach.trained().anything() ? recipe.epochs() : 0;
    }

    private int steps() {
        return epochs() * batches.training().batches();
    }

    /** The selections in the order in which the trainer first comes to them, which is that of the room they take. */
    private double flops(ActivationRoom room) {
        // The best epoch is scored once more.
        int again = epochs() > 0 && recipe.checkpoint() == Checkpoint.BEST ? 1 : 0;
        double flops = 0;
        List<Workload> scored = new ArrayList<>(batches.evaluation());
        scored.add(batches.slice());
        for (int part = 0; part < scored.size(); part++) {
            boolean slice = part == scored.size() - 1;
            flops += forward(scored.get(part), part, epochs() + 1 + (slice ? 0 : again), true, room);
        }
        flops += forward(batches.training(), scored.size(), epochs(), FrozenPrefix.servesTraining(recipe), room);
        return flops + epochs() * batches.training().forwardFlops() * backwardPasses();
    }

    /** The reach's, less the last layer's unread tokens: of their own gradients, and of that layer's weights'. */
    private double backwardPasses() {
        double passed = reach.layers().passedShare();
        return passed == 0
                ? reach.backwardPasses()
                : reach.backwardPasses() - unreadShare() * (1 + Math.min(1, reach.weights() / passed));
    }

    /** Of a forward pass: work that the last layer leaves out. */
    private double unreadShare() {
        return TrainingGraph.leavesUnread(numerics) ? Flops.unreadShare(layout.config()) : 0;
    }

    /** @param stores whether the frozen layers are the same function in each of the passes */
    private double forward(Workload selection, int part, int passes, boolean stores, ActivationRoom room) {
        Reach.Layers layers = reach.layers();
        int computations = passes;
        if (stores && layers.frozen() > 0) {
            computations = room.computations(
                    new ActivationRoom.Selection(
                            layers.frozen(), recipe.batchSize(), recipe.maxLength(), recipe.selectionExamples(), part),
                    FrozenPrefix.valueBytes(numerics) * selection.activations(layout.config(), layers.frozen()),
                    passes);
        }
        double frozen = layers.frozenShare() - (layers.passed() == 0 ? unreadShare() : 0);
        double later = layers.passedShare() - (layers.passed() == 0 ? 0 : unreadShare());
        return selection.forwardFlops() * (passes * later + computations * frozen);
    }

    /**
     * All parameters twice, in Java and in TensorFlow, and what a step needs beside them: moments, gradients of each part
     * of a batch, and then either what the backward pass keeps or the gradients that are added up and clipped; or what
     * an evaluation holds, between steps.
     */
    private long peak(long trained, long backward, ActivationRoom room) {
        long values = 2 * size(false) + (MOMENTS + TrainingGraph.gradientsAParameter(numerics)) * trained;
        long step = Math.max(backward, Float.BYTES * trained);
        return WORKER_BYTES + Float.BYTES * values + Math.max(step, turned()) + room.memoryBytes();
    }

    /** Bytes of the weights of linear maps that an evaluation turns for itself. */
    private long turned() {
        EncoderConfig encoder = layout.config();
        long layer = 4L * encoder.hidden() * encoder.hidden() + 2L * encoder.hidden() * encoder.intermediate();
        return TrainingGraph.turnsWeights(numerics) ? Float.BYTES * encoder.layers() * layer : 0;
    }

    /**
     * What the backward pass keeps: per token and layer that gradients pass about 18 H + 4 F values, and 5 attention
     * maps a head. A forward pass alone holds one layer's at a time.
     */
    private long backward(TrainingSpec training, Workload workload, Reach of) {
        EncoderConfig encoder = layout.config();
        long length = workload.longest();
        long values = 18L * encoder.hidden() + 4L * encoder.intermediate() + 5L * encoder.heads() * length;
        return Float.BYTES
                * training.batchSize()
                * length
                * Math.max(1, of.layers().passed())
                * values;
    }

    /** @param warmed values that a warm-up trains, 0 where none is made */
    private RunCost.Disk disk(ActivationRoom room, long warmed) {
        long predictions =
                batches.evaluation().stream().mapToLong(Workload::examples).sum();
        int best = recipe.checkpoint() == Checkpoint.BEST ? 1 : 0;
        return new RunCost.Disk(
                RUN_BYTES + Float.BYTES * kept() + PREDICTION_BYTES * predictions,
                epochs() == 0
                        ? 0
                        : 2
                                * Float.BYTES
                                * (STATE_VALUES + best)
                                * reach.trained().values(),
                Float.BYTES * warmed,
                2 * Float.BYTES * STATE_VALUES * warmed,
                room.fileBytes());
    }

    /** Values in the file of weights; a method that trains the whole encoder keeps its weights on request only. */
    private long kept() {
        if (save == Save.FULL) {
            return size(false);
        }
        long head = size(true);
        long encoder = size(false) - head;
        Reach.Trained trained = reach.trained();
        return head + (trained.encoder() >= encoder ? 0 : trained.encoder() + trained.added());
    }

    private long size(boolean headOnly) {
        return layout.parameters().stream()
                .filter(p -> !headOnly || p.head())
                .mapToLong(ModelParameter::size)
                .sum();
    }
}
