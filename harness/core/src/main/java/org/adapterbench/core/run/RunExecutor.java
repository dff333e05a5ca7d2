package org.adapterbench.core.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import org.adapterbench.api.FailureKind;
import org.adapterbench.api.RunFailure;
import org.adapterbench.api.Sha256;
import org.adapterbench.api.method.Adapter;
import org.adapterbench.api.method.AdapterContext;
import org.adapterbench.api.method.ModelParameter;
import org.adapterbench.api.method.TuningMethod;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.api.record.RunSpec.Checkpoint;
import org.adapterbench.api.record.RunSpec.TrainingSpec;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.Seeds;
import org.adapterbench.core.encoder.Model;
import org.adapterbench.core.encoder.ModelLayout;
import org.adapterbench.core.plugin.MethodCatalog;
import org.adapterbench.core.plugin.TaskCatalog;
import org.adapterbench.core.run.RunInputs.Examples;
import org.adapterbench.core.train.EncodedExample;
import org.adapterbench.core.train.SplitPredictions;
import org.adapterbench.core.train.TrainedParameter;
import org.adapterbench.core.train.Trainer;
import org.adapterbench.core.train.TrainingGraph;
import org.adapterbench.core.weights.EncoderAssets;
import org.adapterbench.core.weights.TensorMap;
import org.adapterbench.core.weights.WeightSource;
import org.jspecify.annotations.Nullable;
import org.tensorflow.exceptions.TFResourceExhaustedException;

/**
 * Executes a run: data and encoder, warm-up (once for all methods), the method's adapter, training,
 * evaluation, files. Every stage is timed.
 */
public final class RunExecutor implements RunExecution {

    private final MethodCatalog methods;
    private final RunInputs inputs;
    private @Nullable KnownStart lastStart;

    private record StartKey(
            RunSpec.EncoderSpec encoder, RunSpec.TaskSpec task, RunSpec.StartSpec start, long seed, Numerics numerics) {}

    private record KnownStart(StartKey key, String sha256) {}

    /** With everything on the class path: how a worker makes its own. */
    public RunExecutor() {
        this(MethodCatalog.installed(), TaskCatalog.installed());
    }

    public RunExecutor(MethodCatalog methods, TaskCatalog tasks) {
        this.methods = methods;
        this.inputs = new RunInputs(tasks);
    }

    @Override
    public Outcome execute(RunRequest request, RunListener listener) {
        try {
            Files.createDirectories(request.folder());
            return new Execution(request, listener).outcome();
        } catch (TFResourceExhaustedException e) {
            throw new RunFailure(FailureKind.OUT_OF_MEMORY, "TensorFlow: " + e.getMessage(), e);
        } catch (IOException | UncheckedIOException e) {
            throw new RunFailure(FailureKind.ENVIRONMENT, e.getMessage() + ": " + e.getCause(), e);
        }
    }

    @Override
    public void close() {}

    /** One run's state. */
    private final class Execution {
        private final RunRequest request;
        private final RunSpec spec;
        private final RunListener listener;
        private final Stages stages;
        private final EncoderAssets assets;
        private final Examples examples;
        private final ModelLayout layout;

        Execution(RunRequest request, RunListener listener) {
            PeakMemory.reset();
            this.request = request;
            this.spec = request.spec();
            this.listener = listener;
            this.stages = new Stages(listener);
            NumericsCheck.require(spec.numerics(), spec.threads(), System.getenv());
            this.assets = stages.time("encoder", () -> inputs.encoder(request));
            this.examples = stages.time("data", () -> inputs.examples(request, assets));
            this.layout = new ModelLayout(
                    assets.config(), examples.task().objective().outputs());
        }

        Outcome outcome() {
            Model pretrained = new Model(layout, assets.weights(), Seeds.derive(spec.seed(), "head"));
            Model start = spec.start().warmup() == null ? pretrained : stages.time("warm-up", () -> warmedUp(pretrained));
            String startHash = stages.time("hash", () -> hash(start));
            TuningMethod method = methods.get("method", spec.method().name());
            Adapter adapter = stages.time("method", () -> method.create(
                    spec.method().settings(),
                    new AdapterContext(start, pretrained, Seeds.derive(spec.seed(), "adapter"))));
            try (TrainingGraph graph = stages.time("graph", () -> graph(start, adapter, spec.training()))) {
                Trainer.Result result = stages.time("train", () -> train(graph));
                stages.add("train", -result.evaluationSeconds());
                stages.add("evaluate", result.evaluationSeconds());
                Outcome.Files files = stages.time(
                        "save", () -> RunFiles.write(request, start, adapter, graph, result.predictions()));
                return describe(start, startHash, adapter, graph, result, files);
            }
        }

        /** Methods that share a start follow each other, so the last start's hash is worth keeping. */
        private String hash(Model start) {
            StartKey key = new StartKey(spec.encoder(), spec.task(), spec.start(), spec.seed(), spec.numerics());
            if (lastStart == null || !lastStart.key().equals(key)) {
                lastStart = new KnownStart(key, start.sha256());
            }
            return lastStart.sha256();
        }

        private TrainingGraph graph(Model start, Adapter adapter, TrainingSpec training) {
            return new TrainingGraph(
                    start, adapter, examples.task().objective(), training, spec.numerics(), spec.threads());
        }

        private Model warmedUp(Model pretrained) {
            WeightSource checkpoint = new WarmupStore(new CacheFolder(request.cache()).warmups())
                    .get(spec, () -> warmUp(pretrained));
            return new Model(layout, checkpoint, 0);
        }

        /** Full fine-tuning of every parameter. */
        private WeightSource warmUp(Model pretrained) {
            TrainingSpec recipe = spec.start().warmup();
            try (TrainingGraph graph = graph(pretrained, new Everything(), recipe)) {
                new Trainer(graph, examples.task(), assets.config(), recipe, "warm-up", spec.seed(), listener)
                        .train(examples.training(), List.of(), List.of());
                TensorMap tensors = new TensorMap();
                pretrained.parameters().forEach(p -> tensors.put(p.name(), p.shape(), graph.value(p.name())));
                return tensors;
            }
        }

        private Trainer.Result train(TrainingGraph graph) {
            TrainingSpec training = spec.training();
            int slice = training.checkpoint() == Checkpoint.BEST ? training.selectionExamples() : 0;
            List<EncodedExample> all = examples.training();
            if (slice >= all.size()) {
                throw new RunFailure(FailureKind.DATA, "selection slice of " + slice + " examples leaves none of the "
                        + all.size() + " for training");
            }
            List<EncodedExample> drawn = all.stream()
                    .sorted(Comparator.comparing(e -> Sha256.ofText("selection " + e.id())))
                    .toList();
            return new Trainer(graph, examples.task(), assets.config(), training, "train", spec.seed(), listener)
                    .train(drawn.subList(slice, drawn.size()), drawn.subList(0, slice), examples.evaluation());
        }

        private Outcome describe(
                Model start,
                String startHash,
                Adapter adapter,
                TrainingGraph graph,
                Trainer.Result result,
                Outcome.Files files) {
            return new Outcome(
                    new Outcome.Start(spec.start().warmup() == null ? "pretrained" : "warm-up", startHash),
                    examples.facts(),
                    counts(start, adapter, graph, files),
                    adapter.facts(),
                    result.lossCurve(),
                    result.epochs(),
                    result.reported(),
                    new Outcome.Hashes(
                            lossHash(result.lossCurve()),
                            weightsHash(startHash, graph),
                            SplitPredictions.sha256(result.predictions())),
                    cost(result),
                    files);
        }

        private Outcome.ParameterCounts counts(
                Model start, Adapter adapter, TrainingGraph graph, Outcome.Files files) {
            long head = graph.trained().stream()
                    .filter(TrainedParameter::head)
                    .mapToLong(TrainedParameter::size)
                    .sum();
            long total = graph.trained().stream().mapToLong(TrainedParameter::size).sum();
            long model =
                    start.parameters().stream().mapToLong(ModelParameter::size).sum();
            long bytes;
            try {
                bytes = Files.size(request.folder().resolve(files.adapter()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new Outcome.ParameterCounts(total - head, head, total, model, bytes);
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
                    PeakMemory.bytes());
        }
    }

    private static String lossHash(List<Float> losses) {
        Sha256 sha = new Sha256();
        losses.forEach(loss -> sha.add(Float.floatToRawIntBits(loss)));
        return sha.hex();
    }

    private static String weightsHash(String startHash, TrainingGraph graph) {
        Sha256 sha = new Sha256().add(startHash);
        graph.trained().forEach(p -> sha.add(p.name()).add(graph.value(p.name())));
        return sha.hex();
    }

    /** The warm-up's adapter: every encoder parameter and the head train, nothing is added. */
    private static final class Everything implements Adapter {
        @Override
        public boolean trains(ModelParameter parameter) {
            return true;
        }
    }
}
