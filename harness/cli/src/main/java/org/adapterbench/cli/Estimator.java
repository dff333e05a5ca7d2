package org.adapterbench.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.api.record.RunSpec.SplitSpec;
import org.adapterbench.api.record.RunSpec.TrainingSpec;
import org.adapterbench.api.task.LabelledExample;
import org.adapterbench.api.task.LabelledSplit;
import org.adapterbench.api.task.TaskData;
import org.adapterbench.core.config.Save;
import org.adapterbench.core.data.HeldOut;
import org.adapterbench.core.data.Selection;
import org.adapterbench.core.encoder.ModelLayout;
import org.adapterbench.core.grid.PlannedRun;
import org.adapterbench.core.tokenize.HuggingFaceTextTokenizer;
import org.adapterbench.core.tokenize.TextTokenizer;
import org.adapterbench.core.train.BatchPlan;
import org.adapterbench.core.train.EncodedExample;
import org.adapterbench.core.weights.EncoderAssets;
import org.adapterbench.core.weights.EncoderConfig;

/**
 * Estimates what runs cost: steps from the tokenised examples, exactly where a run trains on no more of them than
 * are tokenised here (4,096), scaled up from a sample above; the rest by {@link CostFormula}. Nothing of it enters a
 * record.
 */
final class Estimator {

    /** Examples of a selection that are tokenised at the most; larger ones are scaled up from every n-th. */
    private static final int SAMPLE = 4096;

    private final Materials materials;
    private final Save save;
    private final long activationBytes;
    private final Map<Key, Batches> workloads = new HashMap<>();
    private final Map<String, EncoderAssets> encoders = new HashMap<>();
    private final Map<String, TaskData> tasks = new HashMap<>();

    private record Key(String encoder, RunSpec.TaskSpec task, int batchSize, int maxLength, int heldOut) {}

    /**
     * @param save                what the runs keep of their weights
     * @param activationMegabytes room a worker has for stored activations of frozen layers
     */
    Estimator(Materials materials, Save save, int activationMegabytes) {
        this.materials = materials;
        this.save = save;
        this.activationBytes = (long) activationMegabytes << 20;
    }

    /**
     * One cost a run, in order; a warm-up is charged to the first run that needs it, and the frozen layers to the first
     * run of a group that stores their activations. A worker keeps what memory the runs before took.
     */
    List<RunCost> estimate(List<PlannedRun> runs) {
        Map<PlannedRun.Group, ActivationRoom> rooms = new HashMap<>();
        Map<PlannedRun.Group, Long> peaks = new HashMap<>();
        List<RunCost> costs = new ArrayList<>();
        for (PlannedRun run : runs) {
            ActivationRoom known = rooms.get(run.group());
            ActivationRoom room = known == null ? new ActivationRoom(activationBytes) : known;
            rooms.put(run.group(), room);
            RunCost cost = cost(run, room, known == null);
            costs.add(cost.withPeak(peaks.merge(run.group(), cost.peakBytes(), Math::max)));
        }
        return costs;
    }

    private RunCost cost(PlannedRun run, ActivationRoom room, boolean firstOfGroup) {
        RunSpec spec = run.spec();
        ModelLayout layout = layout(run);
        Reach reach = Reach.of(
                materials.methods().get(run.variant(), spec.method().name()),
                spec.method().settings(),
                spec.training(),
                layout);
        TrainingSpec warmup = spec.start().warmup();
        return new CostFormula(layout, spec.training(), reach, batches(run, spec.training()), save, spec.numerics())
                .cost(
                        room,
                        firstOfGroup && warmup != null
                                ? new CostFormula.Warmup(
                                        warmup, batches(run, warmup).training())
                                : null);
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
            List<Workload> evaluation = new ArrayList<>();
            for (SplitSpec chosen : task.evaluation()) {
                LabelledSplit split = data.evaluation(chosen.split()).orElseThrow();
                evaluation.add(counter.count(select(split, data, chosen), false));
            }
            HeldOut<LabelledExample> cut = HeldOut.cut(
                    select(data.train(), data, task.train()), LabelledExample::id, training.selectionExamples());
            return new Batches(counter.count(cut.training(), true), counter.count(cut.slice(), false), evaluation);
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
            List<EncodedExample> encoded = EncodedExample.of(tokenizer, sample, training.maxLength());
            BatchPlan plan = shuffled
                    ? BatchPlan.forTraining(encoded, training.batchSize())
                    : BatchPlan.forEvaluation(encoded, training.batchSize());
            Workload workload = Workload.of(plan, training.batchSize(), encoder);
            return every <= 1 ? workload : workload.times((double) examples.size() / sample.size());
        }
    }
}
