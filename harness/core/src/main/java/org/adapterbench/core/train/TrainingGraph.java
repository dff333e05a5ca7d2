package org.adapterbench.core.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.adapterbench.api.method.Adapter;
import org.adapterbench.api.method.ModelParameter;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.RunSpec.DropoutLayers;
import org.adapterbench.api.record.RunSpec.TrainingSpec;
import org.adapterbench.api.task.Objective;
import org.adapterbench.core.encoder.BatchInputs;
import org.adapterbench.core.encoder.Encoder;
import org.adapterbench.core.encoder.FrozenLayers;
import org.adapterbench.core.encoder.Model;
import org.adapterbench.core.encoder.ShapeRule;
import org.adapterbench.core.encoder.Survivors;
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
 * update. Not safe for concurrent use.
 */
public final class TrainingGraph implements AutoCloseable {

    private final Model model;
    private final Adapter adapter;
    private final Objective objective;
    private final TrainingSpec spec;
    private final Numerics numerics;
    private final Survivors survivors;
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

    private final Operand<TFloat32> hidden;
    private final Operand<TFloat32> logits;
    private final @Nullable TrainingPass training;
    private long computingNanos;

    public TrainingGraph(
            Model model, Adapter adapter, Objective objective, TrainingSpec spec, Numerics numerics, int threads) {
        this(model, adapter, objective, spec, numerics, SessionConfig.of(numerics, threads), Survivors.by(numerics));
    }

    /** With what a run of these numerics would not choose, for comparisons. */
    TrainingGraph(
            Model model,
            Adapter adapter,
            Objective objective,
            TrainingSpec spec,
            Numerics numerics,
            ConfigProto settings,
            Survivors survivors) {
        this.model = model;
        this.adapter = adapter;
        this.objective = objective;
        this.spec = spec;
        this.numerics = numerics;
        this.survivors = survivors;
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
        Encoder evaluation = encoder(null);
        Operand<TFloat32> states = evaluation.firstLayers(frozenLayers);
        this.frozen = headFollows() ? evaluation.firstTokens(states) : states;
        this.hidden = headFollows() ? states : evaluation.layersAfter(frozenLayers, states);
        this.logits = evaluation.logits(headFollows() ? frozen : evaluation.firstTokens(hidden));
        this.training = trained.isEmpty()
                ? null
                : new TrainingPass(
                        graph,
                        tf,
                        spec,
                        numerics,
                        objective,
                        variables,
                        trained,
                        stepSeed -> logits(encoder(stepSeed)));
        variables.makeAssignable();
        List<Op> zeroMoments = training == null ? List.of() : training.zeroMoments();
        this.session = new Session(graph, settings);
        loadInitialValues(zeroMoments);
    }

    private void declareVariables() {
        model.parameters().forEach(parameter -> variables.declare(parameter.name(), parameter.shape()));
        adapter.added().forEach(parameter -> variables.declare(parameter.name(), parameter.shape()));
    }

    private Encoder encoder(@Nullable Operand<TInt64> stepSeed) {
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
                        survivors));
    }

    /** The training pass, on top of the evaluation's frozen layers where those have no dropout. */
    private Operand<TFloat32> logits(Encoder forward) {
        if (trainsOnFrozen() && headFollows()) {
            return forward.logits(frozen);
        }
        Operand<TFloat32> states = trainsOnFrozen() ? frozen : forward.firstLayers(frozenLayers);
        return forward.logits(forward.firstTokens(forward.layersAfter(frozenLayers, states)));
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
        Session.Runner runner = session.runner();
        try (Feeds feeds = new Feeds(runner)) {
            feed(feeds, batch, true);
            try (Result result = timed(runner.fetch(logits))) {
                return rows(Feeds.copy((TFloat32) result.get(0)), batch.examples().length, objective.outputs());
            }
        }
    }

    /** @param onFrozen whether the pass goes through the frozen layers as they are evaluated */
    private Feeds feed(Feeds feeds, Batch batch, boolean onFrozen) {
        feeds.batch(inputs, batch);
        int width = frozenWidth(batch.length());
        int hidden = config().hidden();
        if (!batch.frozen().isEmpty()) {
            return feeds.frozen(frozen, batch, width, hidden);
        }
        return onFrozen && frozenApart
                ? feeds.floats(frozen, frozenActivations(batch), (long) batch.rows() * width / hidden, hidden)
                : feeds;
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

    /** Activations behind the frozen layers, rows x {@link #frozenWidth} in row-major order. */
    float[] frozenActivations(Batch batch) {
        float[] values = computed(frozen, batch);
        activationWidth.round(values);
        return values;
    }

    /** Last hidden states of the evaluation graph, rows x length x hidden in row-major order. */
    public float[] hiddenStates(Batch batch) {
        return computed(hidden, batch);
    }

    private float[] computed(Operand<TFloat32> value, Batch batch) {
        Session.Runner runner = session.runner();
        try (Feeds feeds = new Feeds(runner)) {
            feeds.batch(inputs, batch);
            try (Result result = timed(runner.fetch(value))) {
                return Feeds.copy((TFloat32) result.get(0));
            }
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
        Session.Runner runner = session.runner();
        try (Feeds feeds = new Feeds(runner)) {
            prepare(runner, feeds, batch, step, rateShare, dropoutSeed);
            try (Result result = timed(runner)) {
                return ((TFloat32) result.get(0)).getFloat();
            }
        }
    }

    private Result timed(Session.Runner runner) {
        long started = System.nanoTime();
        Result result = runner.run();
        computingNanos += System.nanoTime() - started;
        return result;
    }

    /** Wall time inside TensorFlow: of all steps and forward passes so far. */
    public double computingSeconds() {
        return computingNanos * 1e-9;
    }

    /** Feeds what a step needs, asks for its loss first, and for all updates. */
    private void prepare(
            Session.Runner runner, Feeds feeds, Batch batch, int step, double rateShare, long dropoutSeed) {
        feed(feeds, batch, trainsOnFrozen());
        requireTraining().prepareStep(runner, feeds, batch, step, rateShare, dropoutSeed);
    }

    /** Loss and gradients of the trained parameters on a batch, without an update; for checks. */
    public Gradients gradients(Batch batch, long dropoutSeed) {
        Session.Runner runner = session.runner();
        try (Feeds feeds = new Feeds(runner)) {
            feeds.batch(inputs, batch);
            requireTraining().prepareGradients(runner, feeds, batch, dropoutSeed);
            try (Result result = runner.run()) {
                Map<String, float[]> byName = new LinkedHashMap<>();
                for (int i = 0; i < trained.size(); i++) {
                    byName.put(trained.get(i).name(), Feeds.copy((TFloat32) result.get(i + 1)));
                }
                return new Gradients(((TFloat32) result.get(0)).getFloat(), byName);
            }
        }
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
     * What TensorFlow tells of the passes of a batch, for inspection: {@code frozen layers} where they are a pass of
     * their own, {@code evaluation}, and where anything trains a {@code step}, which is taken.
     */
    public Map<String, RunMetadata> observed(Batch batch, RunOptions options) {
        Map<String, RunMetadata> all = new LinkedHashMap<>();
        if (frozenApart) {
            all.put("frozen layers", observed(options, (runner, feeds) -> {
                feeds.batch(inputs, batch);
                runner.fetch(frozen);
            }));
        }
        all.put("evaluation", observed(options, (runner, feeds) -> {
            feed(feeds, batch, true);
            runner.fetch(logits);
        }));
        if (training != null) {
            all.put("step", observed(options, (runner, feeds) -> prepare(runner, feeds, batch, 1, 1, 0)));
        }
        return all;
    }

    private RunMetadata observed(RunOptions options, BiConsumer<Session.Runner, Feeds> prepared) {
        Session.Runner runner = session.runner().setOptions(options);
        try (Feeds feeds = new Feeds(runner)) {
            prepared.accept(runner, feeds);
            try (Result result = runner.runAndFetchMetadata()) {
                return result.getMetadata().orElseThrow();
            }
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
        session.close();
        graph.close();
    }
}
