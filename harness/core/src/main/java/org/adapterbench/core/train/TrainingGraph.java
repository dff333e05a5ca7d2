package org.adapterbench.core.train;

import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.adapterbench.api.method.Adapter;
import org.adapterbench.api.method.ModelParameter;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.RunSpec.DropoutLayers;
import org.adapterbench.api.record.RunSpec.TrainingSpec;
import org.adapterbench.api.task.Objective;
import org.adapterbench.core.Seeds;
import org.adapterbench.core.encoder.BatchInputs;
import org.adapterbench.core.encoder.Encoder;
import org.adapterbench.core.encoder.FrozenLayers;
import org.adapterbench.core.encoder.Model;
import org.adapterbench.core.encoder.ShapeRule;
import org.adapterbench.core.encoder.Survivors;
import org.adapterbench.core.encoder.TurnedWeights;
import org.adapterbench.core.weights.EncoderConfig;
import org.adapterbench.core.weights.WeightSource;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.RunMetadata;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * A model with its adapter as a TensorFlow graph and session: variables, one forward pass for training and
 * one for evaluation over the same variables, the loss, the gradients of the trained parameters, and their
 * update, a run of its own that is fed the gradients of all parts of a batch. Not for concurrent use by its callers.
 */
public final class TrainingGraph implements AutoCloseable {

    private final Model model;
    private final Adapter adapter;
    private final Objective objective;
    private final TrainingSpec spec;
    private final Numerics numerics;
    private final Choices choices;
    private final Graph graph = new Graph();
    private final Session session;
    private final Ops tf = Ops.create(graph);
    private final GraphVariables variables = new GraphVariables(tf);
    private final List<TrainedParameter> trained;
    private final BatchInputs inputs;
    private final int frozenLayers;
    /**
     * Whether frozen layers are a pass of their own even where nothing is stored: a graph that TensorFlow rewrites
     * gives other bits where it is cut, so that a run with stored activations would not equal one without.
     */
    private final boolean frozenApart;
    /** What follows the frozen layers sees values of this width, whether or not they were stored. */
    private final ActivationBlock.Width activationWidth;
    /** Behind the frozen layers: (B·S) x H, or B x H where the head follows. Stored values may be fed here. */
    private final Operand<TFloat32> frozen;

    /** Turned weights of the frozen layers, which nothing but {@link #assign} changes. */
    private final ReadyWeights frozenWeights;
    /** Those of the layers above, which steps change. */
    private final ReadyWeights laterWeights;

    private @Nullable Operand<TFloat32> hidden;
    private final Operand<TFloat32> logits;
    private final @Nullable TrainingPass training;
    private final SideBySide sideBySide;
    private final BusyTime computing = new BusyTime(System::nanoTime);

    public TrainingGraph(
            Model model, Adapter adapter, Objective objective, TrainingSpec spec, Numerics numerics, int threads) {
        this(model, adapter, objective, spec, numerics, Choices.of(numerics, threads));
    }

    /**
     * What numerics choose, and a comparison may choose otherwise.
     *
     * @param leavesUnread as {@link Encoder.Wiring} has it
     */
    record Choices(ConfigProto session, Survivors survivors, SideBySide sideBySide, boolean leavesUnread) {

        static Choices of(Numerics numerics, int threads) {
            return new Choices(
                    SessionConfig.of(numerics, threads),
                    Survivors.by(numerics),
                    new SideBySide(SideBySide.atATime(numerics), threads),
                    TrainingGraph.leavesUnread(numerics));
        }
    }

    TrainingGraph(
            Model model, Adapter adapter, Objective objective, TrainingSpec spec, Numerics numerics, Choices choices) {
        this.choices = choices;
        this.sideBySide = choices.sideBySide();
        this.model = model;
        this.adapter = adapter;
        this.objective = objective;
        this.spec = spec;
        this.numerics = numerics;
        if (numerics == Numerics.PORTABLE) {
            ShapeRule.require(
                    model.layout().config(),
                    spec.batchSize(),
                    spec.maxLength(),
                    objective.outputs(),
                    ShapeRule.matrices(adapter));
        }
        declareVariables();
        this.trained = TrainedParameter.all(model, adapter, spec);
        this.inputs = BatchInputs.in(tf);
        this.frozenLayers = FrozenLayers.count(model.layout(), adapter);
        this.frozenApart = frozenLayers > 0 && numerics != Numerics.PORTABLE;
        this.activationWidth = ActivationBlock.Width.of(numerics);
        TurnedWeights ofFrozen = new TurnedWeights(tf);
        TurnedWeights ofLater = new TurnedWeights(tf);
        this.frozenWeights = new ReadyWeights(ofFrozen);
        this.laterWeights = new ReadyWeights(ofLater);
        Encoder evaluation =
                encoder(null, turnsWeights(numerics) ? layer -> layer < frozenLayers ? ofFrozen : ofLater : null);
        this.frozen = headFollows() ? firstTokensBehindAllLayers(evaluation) : evaluation.firstLayers(frozenLayers);
        this.logits = evaluation.logits(headFollows() ? frozen : evaluation.firstTokensAfter(frozenLayers, frozen));
        this.training = trained.isEmpty()
                ? null
                : new TrainingPass(
                        graph,
                        tf,
                        spec,
                        numerics,
                        sideBySide.atATime(),
                        objective,
                        variables,
                        trained,
                        stepSeed -> logits(encoder(stepSeed, null)));
        variables.makeAssignable();
        List<Op> zeroMoments = training == null ? List.of() : training.zeroMoments();
        this.session = new Session(graph, choices.session());
        loadInitialValues(zeroMoments);
    }

    private void declareVariables() {
        model.parameters().forEach(parameter -> variables.declare(parameter.name(), parameter.shape()));
        adapter.added().forEach(parameter -> variables.declare(parameter.name(), parameter.shape()));
    }

    private Encoder encoder(@Nullable Operand<TInt64> stepSeed, @Nullable IntFunction<TurnedWeights> turned) {
        int dropoutFrom = spec.dropoutLayers() == DropoutLayers.ADAPTED ? frozenLayers : 0;
        return new Encoder(
                tf,
                model.layout(),
                adapter,
                inputs,
                new Encoder.Wiring(
                        variables::get,
                        variables::get,
                        stepSeed,
                        spec.dropout(),
                        dropoutFrom,
                        frozenLayers,
                        numerics,
                        choices.survivors(),
                        choices.leavesUnread(),
                        turned));
    }

    /** The training pass, on top of the evaluation's frozen layers where those have no dropout. */
    private Operand<TFloat32> logits(Encoder forward) {
        if (trainsOnFrozen() && headFollows()) {
            return forward.logits(frozen);
        }
        return forward.logits(
                trainsOnFrozen()
                        ? forward.firstTokensAfter(frozenLayers, frozen)
                        : firstTokensBehindAllLayers(forward));
    }

    private static Operand<TFloat32> firstTokensBehindAllLayers(Encoder forward) {
        return forward.firstTokensAfter(0, forward.firstLayers(0));
    }

    /** Whether training, too, goes through the frozen layers without dropout. */
    boolean trainsOnFrozen() {
        return frozenLayers > 0 && FrozenPrefix.servesTraining(spec);
    }

    private boolean headFollows() {
        return frozenLayers == model.layout().config().layers();
    }

    /** Puts start values, adapter values and zero moments in place, all in one session run. */
    private void loadInitialValues(List<Op> zeroMoments) {
        Map<String, Supplier<float[]>> replaced = adapter.replacedValues();
        Session.Runner runner = session.runner();
        try (Feeds feeds = new Feeds(runner)) {
            for (ModelParameter parameter : model.parameters()) {
                Supplier<float[]> values = replaced.get(parameter.name());
                variables.assign(
                        runner,
                        feeds,
                        parameter.name(),
                        values == null ? model.values(parameter.name()) : values.get());
            }
            adapter.added().forEach(p -> variables.assign(runner, feeds, p.name(), p.initial()));
            zeroMoments.forEach(zero -> runner.addTarget(zero.op()));
            runner.run().close();
        }
    }

    /** Overwrites a parameter. @param values row-major */
    public void assign(String name, float[] values) {
        frozenWeights.changed();
        laterWeights.changed();
        Session.Runner runner = session.runner();
        try (Feeds feeds = new Feeds(runner)) {
            variables.assign(runner, feeds, name, values);
            runner.run().close();
        }
    }

    /** The current values of a base or added parameter, row-major. */
    public float[] value(String name) {
        return variables.value(session, name);
    }

    /** Everything that a step changes, moments included, as it is now; to be read and closed before the next step. */
    public GraphState state() {
        return variables.state(session);
    }

    /** Whether a saved state is one of a graph like this. */
    public boolean fits(WeightSource saved) {
        return variables.fit(saved);
    }

    /** Goes back to a state that {@link #fits}. */
    public void restore(WeightSource saved) {
        laterWeights.changed();
        variables.restore(session, saved);
    }

    /** Names of all parameters, base ones first. */
    public List<String> names() {
        return variables.names();
    }

    /** What the optimizer updates, in a fixed order. */
    public List<TrainedParameter> trained() {
        return trained;
    }

    /** Head outputs of the evaluation graph, one row an example (filled rows left out). */
    public float[][] logits(Batch batch) {
        Batch ready = frozenApart ? withActivations(batch) : batch;
        Request weights = laterWeights.ready(this::run);
        List<Result> parts = sideBySide.each(
                SideBySide.Pass.LOGITS,
                sideBySide.cutForward(ready),
                (part, index) -> run(weights.and(logits(part, hasActivations(ready)))));
        int examples = batch.examples().length;
        return rows(joined(parts, examples * objective.outputs()), examples, objective.outputs());
    }

    /** Layers that compute the start's function throughout. */
    int frozenLayers() {
        return frozenLayers;
    }

    /** How activations behind the frozen layers are kept. */
    ActivationBlock.Width activationWidth() {
        return activationWidth;
    }

    /** Values behind the frozen layers of one example padded to this length. */
    int frozenWidth(int length) {
        return config().hidden() * (headFollows() ? 1 : length);
    }

    EncoderConfig config() {
        return model.layout().config();
    }

    /** Activations behind the frozen layers, examples x {@link #frozenWidth} in row-major order. */
    float[] frozenActivations(Batch batch) {
        Request weights = frozenWeights.ready(this::run);
        List<Result> parts = sideBySide.each(
                SideBySide.Pass.FROZEN_LAYERS,
                sideBySide.cutForward(batch),
                (part, index) -> run(weights.and(forward(frozen, part))));
        float[] values = joined(parts, batch.examples().length * frozenWidth(batch.length()));
        activationWidth.round(values);
        return values;
    }

    /** The same batch, with activations that are computed now where none are stored. */
    private Batch withActivations(Batch batch) {
        if (hasActivations(batch)) {
            return batch;
        }
        FloatBuffer values = FloatBuffer.wrap(frozenActivations(batch));
        int width = frozenWidth(batch.length());
        return batch.withFrozen(IntStream.range(0, batch.examples().length)
                .<ActivationBlock>mapToObj(row -> new ActivationBlock.Floats(values.slice(row * width, width)))
                .toList());
    }

    private static boolean hasActivations(Batch batch) {
        return !batch.frozen().isEmpty();
    }

    /**
     * Last hidden states of all tokens without dropout, rows x length x hidden in row-major order; for checks of the
     * encoder, by a forward pass of its own: an evaluation may leave some out.
     */
    public float[] hiddenStates(Batch batch) {
        if (hidden == null) {
            Encoder whole = encoder(null, null);
            hidden = whole.layersAfter(0, whole.firstLayers(0));
        }
        return joined(List.of(run(forward(hidden, batch))), batch.rows() * batch.length() * config().hidden());
    }

    /** First values of some results one behind the other, as many as are wanted; closes the results. */
    private static float[] joined(List<Result> parts, int wanted) {
        try {
            FloatBuffer all = FloatBuffer.allocate(wanted);
            for (Result part : parts) {
                Feeds.copy((TFloat32) part.get(0), all);
            }
            return all.array();
        } finally {
            parts.forEach(Result::close);
        }
    }

    /**
     * One optimizer step.
     *
     * @param step        1-based
     * @param rateShare   share of the peak learning rates
     * @param dropoutSeed of this step
     * @return the loss before the update
     */
    public float step(Batch batch, int step, double rateShare, long dropoutSeed) {
        // They change, and the gradients want the memory.
        laterWeights.changed();
        if (!needsFrozenLayers(batch)) {
            frozenWeights.changed();
        }
        List<Result> parts = gradientsOfParts(batch, dropoutSeed);
        try {
            run(requireTraining().update(parts, step, rateShare)).close();
            return loss(parts);
        } finally {
            parts.forEach(Result::close);
        }
    }

    private List<Result> gradientsOfParts(Batch batch, long dropoutSeed) {
        Batch ready = needsFrozenLayers(batch) ? withActivations(batch) : batch;
        int examples = batch.examples().length;
        return sideBySide.each(
                SideBySide.Pass.GRADIENTS,
                sideBySide.cut(ready),
                (part, index) ->
                        run(gradients(part, hasActivations(ready), examples, dropoutSeed(dropoutSeed, index))));
    }

    /** Whether the gradients of a batch take a pass through the frozen layers before. */
    private boolean needsFrozenLayers(Batch batch) {
        return frozenApart && trainsOnFrozen() && !hasActivations(batch);
    }

    private static long dropoutSeed(long batchSeed, int part) {
        return part == 0 ? batchSeed : Seeds.derive(batchSeed, "part." + part);
    }

    private static float loss(List<Result> parts) {
        return parts.stream().map(TrainingPass::loss).reduce(Float::sum).orElseThrow();
    }

    private Request forward(Operand<TFloat32> value, Batch batch) {
        return (runner, feeds) -> {
            feeds.batch(inputs, batch);
            runner.fetch(value);
        };
    }

    private Request logits(Batch part, boolean onActivations) {
        return (runner, feeds) -> {
            feed(feeds, part, onActivations);
            runner.fetch(logits);
        };
    }

    private Request gradients(Batch part, boolean onActivations, int examples, long dropoutSeed) {
        return (runner, feeds) -> {
            feed(feeds, part, onActivations);
            requireTraining().gradients(part, examples, dropoutSeed).prepare(runner, feeds);
        };
    }

    /** @param onActivations whether the part has those behind the frozen layers, of no example perhaps */
    private void feed(Feeds feeds, Batch part, boolean onActivations) {
        feeds.batch(inputs, part);
        if (onActivations) {
            feeds.frozen(frozen, part, frozenWidth(part.length()), config().hidden());
        }
    }

    private Result run(Request request) {
        Session.Runner runner = session.runner();
        try (Feeds feeds = new Feeds(runner)) {
            request.prepare(runner, feeds);
            return computing.during(runner::run);
        }
    }

    /** Wall time inside TensorFlow: of all steps and forward passes so far. */
    public double computingSeconds() {
        return computing.seconds();
    }

    /** Whether the last layer computes only the tokens that the head reads; portable sums keep the order they have. */
    public static boolean leavesUnread(Numerics numerics) {
        return numerics != Numerics.PORTABLE;
    }

    /** Whether an evaluation multiplies by turned weights, which it holds besides. */
    public static boolean turnsWeights(Numerics numerics) {
        return numerics != Numerics.PORTABLE;
    }

    /** How many gradients of a parameter a step holds: one a part of the batch. */
    public static int gradientsAParameter(Numerics numerics) {
        return SideBySide.atATime(numerics);
    }

    /** Loss and gradients of the trained parameters on a batch, without an update; for checks. */
    public Gradients gradients(Batch batch, long dropoutSeed) {
        List<Result> parts = gradientsOfParts(batch, dropoutSeed);
        try {
            Map<String, float[]> byName = new LinkedHashMap<>();
            for (int i = 0; i < trained.size(); i++) {
                int index = i;
                byName.put(
                        trained.get(i).name(),
                        parts.stream()
                                .map(part -> Feeds.copy(TrainingPass.gradient(part, index)))
                                .reduce(TrainingGraph::sum)
                                .orElseThrow());
            }
            return new Gradients(loss(parts), byName);
        } finally {
            parts.forEach(Result::close);
        }
    }

    private static float[] sum(float[] values, float[] others) {
        float[] sum = new float[values.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = values[i] + others[i];
        }
        return sum;
    }

    /** @param byParameter row-major gradients by parameter name */
    public record Gradients(float loss, Map<String, float[]> byParameter) {}

    /** The whole graph, for inspection. */
    public GraphDef definition() {
        return graph.toGraphDef();
    }

    /** What TensorFlow makes of the graph before it executes it, pass by pass as {@link #observed} has them. */
    public List<GraphDef> executed(Batch batch) {
        RunOptions options =
                RunOptions.newBuilder().setOutputPartitionGraphs(true).build();
        return observed(batch, options).values().stream()
                .flatMap(metadata -> metadata.getPartitionGraphsList().stream())
                .toList();
    }

    /**
     * What TensorFlow tells of the passes over the first part of a batch, for inspection: {@code frozen layers} where
     * they are a pass of their own, {@code turned weights} where the layers above have them, the {@code evaluation}, and where
     * anything trains {@code gradients} (whose parts may be larger) and the {@code update}, which is made, as if all parts
     * had the gradients of the first.
     */
    public Map<String, RunMetadata> observed(Batch batch, RunOptions options) {
        Batch forwards = sideBySide.cutForward(batch).get(0);
        Batch ready = frozenApart ? withActivations(forwards) : forwards;
        Map<String, RunMetadata> all = new LinkedHashMap<>();
        if (frozenApart) {
            Request weights = frozenWeights.ready(this::run);
            observe(all, "frozen layers", options, weights.and(forward(frozen, forwards)))
                    .close();
        }
        laterWeights.changed();
        Request weights = laterWeights.ready(turning -> observe(all, "turned weights", options, turning));
        observe(all, "evaluation", options, weights.and(logits(ready, hasActivations(ready))))
                .close();
        if (training != null) {
            Batch part = sideBySide.cut(batch).get(0);
            Batch trainedOn = frozenApart && trainsOnFrozen() ? withActivations(part) : part;
            Request gradients = gradients(trainedOn, hasActivations(trainedOn), batch.examples().length, 0);
            try (Result result = observe(all, "gradients", options, gradients)) {
                List<Result> alike = Collections.nCopies(sideBySide.atATime(), result);
                observe(all, "update", options, training.update(alike, 1, 1)).close();
                laterWeights.changed();
            }
        }
        return all;
    }

    private Result observe(Map<String, RunMetadata> all, String pass, RunOptions options, Request request) {
        Session.Runner runner = session.runner().setOptions(options);
        try (Feeds feeds = new Feeds(runner)) {
            request.prepare(runner, feeds);
            Result result = runner.runAndFetchMetadata();
            all.put(pass, result.getMetadata().orElseThrow());
            return result;
        }
    }

    private TrainingPass requireTraining() {
        if (training == null) {
            throw new IllegalStateException("nothing trains in this graph");
        }
        return training;
    }

    private static float[][] rows(float[] values, int rows, int width) {
        float[][] result = new float[rows][width];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(values, row * width, result[row], 0, width);
        }
        return result;
    }

    @Override
    public void close() {
        sideBySide.close();
        frozenWeights.close();
        laterWeights.close();
        session.close();
        graph.close();
    }
}
