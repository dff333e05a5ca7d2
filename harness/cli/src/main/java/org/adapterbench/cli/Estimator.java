package org.adapterbench.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.adapterbench.api.method.ModelParameter;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.api.record.RunSpec.SplitSpec;
import org.adapterbench.api.record.RunSpec.TrainingSpec;
import org.adapterbench.api.task.LabelledExample;
import org.adapterbench.api.task.LabelledSplit;
import org.adapterbench.api.task.TaskData;
import org.adapterbench.core.data.HeldOut;
import org.adapterbench.core.data.Selection;
import org.adapterbench.core.encoder.ModelLayout;
import org.adapterbench.core.grid.PlannedRun;
import org.adapterbench.core.tokenize.HuggingFaceTextTokenizer;
import org.adapterbench.core.tokenize.TextTokenizer;
import org.adapterbench.core.tokenize.Tokens;
import org.adapterbench.core.train.BatchPlan;
import org.adapterbench.core.train.EncodedExample;
import org.adapterbench.core.weights.EncoderAssets;
import org.adapterbench.core.weights.EncoderConfig;

/**
 * Estimates what runs cost: steps from the tokenised examples, exactly where a run trains on no more of them than
 * are tokenised here (4,096), scaled up from a sample above; work from the sizes of the matrix products; memory
 * and disk roughly. Nothing of it enters a record.
 */
final class Estimator {

    /** Examples of a selection that are tokenised at the most; larger ones are scaled up from every n-th. */
    private static final int SAMPLE = 4096;
    /** Java, TensorFlow's library, and buffers. */
    private static final long WORKER_BYTES = 700_000_000L;
    /** A record, a log, and what an adapter adds. */
    private static final long RUN_BYTES = 1_000_000L;

    private static final long PREDICTION_BYTES = 120;

    private final Materials materials;
    private final Map<Key, Batches> workloads = new HashMap<>();
    private final Map<String, EncoderAssets> encoders = new HashMap<>();
    private final Map<String, TaskData> tasks = new HashMap<>();

    private record Key(String encoder, RunSpec.TaskSpec task, int batchSize, int maxLength, int heldOut) {}

    private record Batches(Workload training, Workload evaluation) {}

    Estimator(Materials materials) {
        this.materials = materials;
    }

    /** One cost a run, in order; a warm-up is charged to the first run that needs it. */
    List<RunCost> estimate(List<PlannedRun> runs) {
        Set<PlannedRun.Group> warm = new HashSet<>();
        List<RunCost> costs = new ArrayList<>();
        for (PlannedRun run : runs) {
            boolean first = run.spec().start().warmup() != null && warm.add(run.group());
            costs.add(cost(run, first));
        }
        return costs;
    }

    private RunCost cost(PlannedRun run, boolean makesWarmup) {
        RunSpec spec = run.spec();
        ModelLayout layout = layout(run);
        Reach reach = Reach.of(
                materials.methods().get(run.variant(), spec.method().name()),
                spec.method().settings(),
                spec.training(),
                layout);
        Batches batches = batches(run, spec.training());
        int epochs = reach.trains() ? spec.training().epochs() : 0;
        double flops = flops(batches, reach, epochs);
        int warmupSteps = 0;
        TrainingSpec warmup = spec.start().warmup();
        if (makesWarmup && warmup != null) {
            Batches warming = batches(run, warmup);
            warmupSteps = warmup.epochs() * warming.training().batches();
            flops += flops(warming, Reach.everything(layout), warmup.epochs());
        }
        long all = layout.parameters().stream().mapToLong(ModelParameter::size).sum();
        long head = layout.parameters().stream()
                .filter(ModelParameter::head)
                .mapToLong(ModelParameter::size)
                .sum();
        boolean everythingTrains = warmupSteps > 0 || reach.parameters() > 0;
        long values = Float.BYTES * (everythingTrains ? 5 * all : 2 * all);
        long examples =
                spec.task().evaluation().stream().mapToLong(SplitSpec::examples).sum();
        return new RunCost(
                warmupSteps,
                epochs * batches.training().batches(),
                flops,
                WORKER_BYTES + values + activations(layout.config(), spec.training(), batches),
                RUN_BYTES + Float.BYTES * (head + kept(reach, all - head)) + PREDICTION_BYTES * examples,
                warmupSteps > 0 ? Float.BYTES * all : 0);
    }

    /** A method that trains the whole encoder keeps its weights on request only. */
    private static long kept(Reach reach, long encoder) {
        return reach.parameters() >= encoder ? 0 : reach.parameters();
    }

    private static double flops(Batches batches, Reach reach, int epochs) {
        return epochs * batches.training().forwardFlops() * reach.forwardPasses()
                + (epochs + 1) * batches.evaluation().forwardFlops();
    }

    /** What the backward pass keeps: per token and layer about 18 H + 4 F values, and 5 attention maps a head. */
    private static long activations(EncoderConfig encoder, TrainingSpec training, Batches batches) {
        long length = batches.training().longest();
        long values = 18L * encoder.hidden() + 4L * encoder.intermediate() + 5L * encoder.heads() * length;
        return Float.BYTES * training.batchSize() * length * encoder.layers() * values;
    }

    private ModelLayout layout(PlannedRun run) {
        int outputs = materials
                .tasks()
                .get(run.variant(), run.spec().task().name())
                .objective()
                .outputs();
        return new ModelLayout(encoder(run).config(), outputs);
    }

    private EncoderAssets encoder(PlannedRun run) {
        return encoders.computeIfAbsent(run.encoder(), materials.encoders()::open);
    }

    private Batches batches(PlannedRun run, TrainingSpec training) {
        Key key = new Key(
                run.encoder(),
                run.spec().task(),
                training.batchSize(),
                training.maxLength(),
                training.selectionExamples());
        Batches known = workloads.get(key);
        if (known == null) {
            known = count(run, training);
            workloads.put(key, known);
        }
        return known;
    }

    private Batches count(PlannedRun run, TrainingSpec training) {
        RunSpec.TaskSpec task = run.spec().task();
        TaskData data = tasks.computeIfAbsent(
                task.name(), name -> materials.tasks().load(run.variant(), name, materials.data()));
        EncoderAssets assets = encoder(run);
        try (TextTokenizer tokenizer = HuggingFaceTextTokenizer.open(assets)) {
            Counter counter = new Counter(tokenizer, assets.config(), training);
            Workload evaluation = new Workload(0, 0, 0);
            for (LabelledSplit split : data.evaluation()) {
                for (SplitSpec chosen : task.evaluation()) {
                    if (chosen.split().equals(split.name())) {
                        evaluation = evaluation.and(counter.count(select(split, data, chosen), false));
                    }
                }
            }
            HeldOut<LabelledExample> cut = HeldOut.cut(
                    select(data.train(), data, task.train()), LabelledExample::id, training.selectionExamples());
            return new Batches(
                    counter.count(cut.training(), true), evaluation.and(counter.count(cut.slice(), false)));
        }
    }

    private static List<LabelledExample> select(LabelledSplit split, TaskData data, SplitSpec spec) {
        return Selection.repeat(split, data.facts(split.name()), spec).examples();
    }

    /** Counts the batches of a selection with one tokenizer and one batch size. */
    private record Counter(TextTokenizer tokenizer, EncoderConfig encoder, TrainingSpec training) {

        Workload count(List<LabelledExample> examples, boolean shuffled) {
            int every = (examples.size() + SAMPLE - 1) / SAMPLE;
            List<LabelledExample> sample = new ArrayList<>();
            for (int i = 0; i < examples.size(); i += Math.max(1, every)) {
                sample.add(examples.get(i));
            }
            List<Tokens> tokens =
                    tokenizer.encode(sample.stream().map(LabelledExample::input).toList(), training.maxLength());
            List<EncodedExample> encoded = new ArrayList<>();
            for (int i = 0; i < sample.size(); i++) {
                encoded.add(new EncodedExample(
                        sample.get(i).id(), tokens.get(i), sample.get(i).target()));
            }
            BatchPlan plan = shuffled
                    ? BatchPlan.forTraining(encoded, training.batchSize())
                    : BatchPlan.forEvaluation(encoded, training.batchSize());
            Workload workload = Workload.of(plan, training.batchSize(), encoder);
            return every <= 1 ? workload : workload.times((double) examples.size() / sample.size());
        }
    }
}
