package org.adapterbench.core.run;

import java.time.Duration;
import java.util.List;
import org.adapterbench.api.Sha256;
import org.adapterbench.api.method.Adapter;
import org.adapterbench.api.method.AdapterContext;
import org.adapterbench.api.method.AddedParameter;
import org.adapterbench.api.method.ModelParameter;
import org.adapterbench.api.method.TuningMethod;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.api.record.RunSpec.Checkpoint;
import org.adapterbench.api.record.RunSpec.TrainingSpec;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.Seeds;
import org.adapterbench.core.data.HeldOut;
import org.adapterbench.core.encoder.Model;
import org.adapterbench.core.encoder.ModelLayout;
import org.adapterbench.core.run.RunInputs.Examples;
import org.adapterbench.core.store.RunStore;
import org.adapterbench.core.train.ActivationStore;
import org.adapterbench.core.train.EncodedExample;
import org.adapterbench.core.train.FrozenPrefix;
import org.adapterbench.core.train.SplitPredictions;
import org.adapterbench.core.train.TrainedParameter;
import org.adapterbench.core.train.Trainer;
import org.adapterbench.core.train.TrainingGraph;
import org.adapterbench.core.weights.EncoderAssets;
import org.adapterbench.core.weights.WeightSource;

/** One run from its inputs to its outcome; every stage is timed. */
final class Execution {

    private final RunRequest request;
    private final RunSpec spec;
    private final RunInputs inputs;
    private final StartHashes startHashes;
    private final WarmupChecksums warmupChecksums;
    private final ActivationStore activations;
    private final RunListener listener;
    private final Stages stages;
    private final boolean memoryIsThisRuns = PeakMemory.reset();
    private final EncoderAssets assets;
    private final Examples examples;
    private final ModelLayout layout;

    Execution(
            RunRequest request,
            RunInputs inputs,
            StartHashes startHashes,
            WarmupChecksums warmupChecksums,
            ActivationStore activations,
            RunListener listener) {
        this.request = request;
        this.spec = request.spec();
        this.inputs = inputs;
        this.startHashes = startHashes;
        this.warmupChecksums = warmupChecksums;
        this.activations = activations;
        this.listener = listener;
        this.stages = new Stages(listener);
        NumericsCheck.require(spec.numerics(), spec.threads(), System.getenv());
        this.assets = stages.time(StageName.ENCODER, () -> inputs.encoder(request));
        System.err.println("encoder " + assets.name() + ": " + assets.report().text());
        this.examples = stages.time(StageName.DATA, () -> inputs.examples(request, assets));
        this.layout =
                new ModelLayout(assets.config(), examples.task().objective().outputs());
    }

    /** Warm-up (once for all methods), adapter, training, evaluation, files. */
    Outcome with(TuningMethod method) {
        Model pretrained = new Model(layout, assets.weights(), Seeds.derive(spec.seed(), "head"));
        Model start = start(pretrained);
        String startHash = stages.time(StageName.HASH, () -> startHashes.of(spec, start));
        Adapter adapter = stages.time(
                StageName.METHOD,
                () -> computed(method.create(
                        spec.method().settings(),
                        new AdapterContext(start, pretrained, Seeds.derive(spec.seed(), "adapter")))));
        try (TrainingGraph graph = stages.time(StageName.GRAPH, () -> graph(start, adapter))) {
            Trainer.Result result = stages.time(StageName.TRAIN, () -> train(graph, startHash));
            stages.divide(StageName.TRAIN, result.seconds(), result.earlierSeconds());
            Outcome.Files files = stages.time(
                    StageName.SAVE, () -> RunFiles.write(request, start, adapter, graph, result.predictions()));
            return new Outcome(
                    new Outcome.Start(spec.start().warmup() == null ? "pretrained" : "warm-up", startHash),
                    examples.facts(),
                    counts(start, graph),
                    adapter.facts(),
                    result.lossCurve(),
                    result.epochs(),
                    result.reported(),
                    hashes(startHash, graph, result),
                    cost(result),
                    files);
        }
    }

    private Model start(Model pretrained) {
        TrainingSpec recipe = spec.start().warmup();
        if (recipe == null) {
            return pretrained;
        }
        return stages.time(StageName.WARM_UP, () -> {
            WarmupStore store = new WarmupStore(
                    new CacheFolder(request.cache()).warmups(),
                    warmupChecksums,
                    checkpointInterval(),
                    System.err::println,
                    () -> listener.stage(StageName.WARM_UP));
            Warmup warmup = new Warmup(spec, recipe, examples.task(), listener);
            WeightSource weights = store.get(
                    spec,
                    checkpoint -> warmup.from(pretrained, inputs.warmupExamples(request, assets, recipe), checkpoint));
            stages.add(StageName.WARM_UP, warmup.earlierSeconds());
            return new Model(layout, weights, 0);
        });
    }

    /** Has the adapter compute what it starts from, which is the method's time and not the graph's. */
    private static Adapter computed(Adapter adapter) {
        adapter.added().forEach(AddedParameter::initial);
        return adapter;
    }

    private TrainingGraph graph(Model start, Adapter adapter) {
        return new TrainingGraph(
                start, adapter, examples.task().objective(), spec.training(), spec.numerics(), spec.threads());
    }

    private Trainer.Result train(TrainingGraph graph, String startHash) {
        TrainingSpec training = spec.training();
        HeldOut<EncodedExample> cut = HeldOut.cut(
                examples.training(),
                EncodedExample::id,
                training.checkpoint() == Checkpoint.BEST ? training.selectionExamples() : 0);
        CheckpointFile checkpoint = new CheckpointFile(
                request.folder().resolve(RunStore.CHECKPOINT),
                "run " + request.runId() + " from " + startHash,
                checkpointInterval(),
                System.err::println);
        return new Trainer(
                        graph,
                        examples.task(),
                        assets.config(),
                        training,
                        StageName.TRAIN,
                        spec.seed(),
                        new FrozenPrefix(activations, startHash),
                        listener,
                        checkpoint)
                .train(cut.training(), cut.slice(), examples.evaluation());
    }

    private Duration checkpointInterval() {
        return Duration.ofMillis(request.checkpointMillis());
    }

    private static Outcome.ParameterCounts counts(Model start, TrainingGraph graph) {
        List<TrainedParameter> trained = graph.trained();
        long head = trained.stream()
                .filter(TrainedParameter::head)
                .mapToLong(TrainedParameter::size)
                .sum();
        long total = trained.stream().mapToLong(TrainedParameter::size).sum();
        long model = start.parameters().stream().mapToLong(ModelParameter::size).sum();
        return new Outcome.ParameterCounts(total - head, head, total, model, RunFiles.bytesOf(trained));
    }

    private static Outcome.Hashes hashes(String startHash, TrainingGraph graph, Trainer.Result result) {
        Sha256 losses = new Sha256();
        result.lossCurve().forEach(loss -> losses.add(Float.floatToRawIntBits(loss)));
        Sha256 weights = new Sha256().add(startHash);
        graph.trained().forEach(p -> weights.add(p.name()).add(graph.value(p.name())));
        return new Outcome.Hashes(losses.hex(), weights.hex(), SplitPredictions.sha256(result.predictions()));
    }

    private Outcome.Cost cost(Trainer.Result result) {
        return new Outcome.Cost(
                stages.seconds(),
                result.times().examplesPerSecond(),
                result.times().tokensPerSecond(),
                result.times().percentile(10),
                result.times().percentile(50),
                result.times().percentile(90),
                result.times().percentile(99),
                memoryIsThisRuns ? PeakMemory.bytes() : null);
    }
}
