package org.adapterbench.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.adapterbench.api.method.Adapter;
import org.adapterbench.api.method.GraphScope;
import org.adapterbench.api.method.LinearSite;
import org.adapterbench.api.method.ModelParameter;
import org.adapterbench.api.method.Projection;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.RunSpec.DropoutLayers;
import org.adapterbench.api.record.RunSpec.TrainingSpec;
import org.adapterbench.api.task.Objective;
import org.adapterbench.core.Seeds;
import org.adapterbench.core.config.Defaults;
import org.adapterbench.core.encoder.Model;
import org.adapterbench.core.encoder.ModelLayout;
import org.adapterbench.core.encoder.RandomWeights;
import org.adapterbench.core.encoder.Survivors;
import org.adapterbench.core.tokenize.Tokens;
import org.adapterbench.core.train.TrainingGraph.Choices;
import org.adapterbench.core.weights.EncoderConfig;
import org.adapterbench.core.weights.EncoderConfig.Family;
import org.adapterbench.core.weights.TensorMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Operand;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.proto.RunMetadata;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TFloat32;

class TrainingGraphTest {

    private static final Adapter EVERYTHING = new Adapter() {
        @Override
        public boolean trains(ModelParameter parameter) {
            return true;
        }
    };
    private static final double CLIP_NORM = 0.1;
    private static final Objective TWO_CLASSES = new Objective.Classification(List.of("no", "yes"));

    @ParameterizedTest
    @CsvSource({
        "everything, BERT, PORTABLE",
        "everything, ROBERTA, PORTABLE",
        "everything, BERT, FAST",
        "everything, ROBERTA, FAST",
        "low-rank factors above a frozen layer, BERT, FAST"
    })
    void gradientsAgreeWithFiniteDifferences(String what, Family family, Numerics numerics) {
        EncoderConfig config = RandomWeights.tiny(family);
        ModelLayout layout = new ModelLayout(config, 2);
        Model model = new Model(layout, new RandomWeights(config, 3), 5);
        Batch batch = batch(config, 6, 12);
        try (TrainingGraph graph =
                new TrainingGraph(model, adapter(what, layout), TWO_CLASSES, spec(0.1), numerics, 2)) {
            TrainingGraph.Gradients gradients = graph.gradients(batch, 77);
            for (TrainedParameter parameter : graph.trained()) {
                float[] gradient = gradients.byParameter().get(parameter.name());
                float[] values = graph.value(parameter.name());
                double norm = Math.sqrt(dot(gradient, gradient));
                if (parameter.name().endsWith(".attention.self.key.bias")) {
                    // It shifts all scores of a query alike, which softmax does not see: only rounding is left.
                    assertThat(norm).as(parameter.name()).isLessThan(1e-6);
                    continue;
                }
                // More than twice the absolute tolerance below, so that a missing gradient cannot pass.
                assertThat(norm).as(parameter.name()).isGreaterThan(5e-4);
                double slope = directionalDerivative(graph, parameter.name(), values, gradient, batch);
                // Along the normalised gradient the slope is its norm. Central differences with step h in fp32
                // err by about 1e-7 / h from rounding and by h² from curvature.
                assertThat(slope)
                        .as(parameter.name())
                        .isCloseTo(norm, org.assertj.core.data.Offset.offset(0.02 * norm + 2e-4));
            }
        }
    }

    private static double directionalDerivative(
            TrainingGraph graph, String name, float[] values, float[] gradient, Batch batch) {
        double norm = Math.sqrt(dot(gradient, gradient));
        double step = 5e-3;
        float[] ahead = values.clone();
        float[] behind = values.clone();
        for (int i = 0; i < values.length; i++) {
            ahead[i] += (float) (step * gradient[i] / norm);
            behind[i] -= (float) (step * gradient[i] / norm);
        }
        graph.assign(name, ahead);
        float up = graph.gradients(batch, 77).loss();
        graph.assign(name, behind);
        float down = graph.gradients(batch, 77).loss();
        graph.assign(name, values);
        return ((double) up - down) / (2 * step);
    }

    /**
     * Other operations and stated gradients, but under the same masks the same function: what differs is rounding. Without
     * dropout, portable numerics compute every token of the last layer; masks are the same only where both do or neither.
     */
    @ParameterizedTest
    @CsvSource({
        "everything, BERT, 0, ADAPTED, true",
        "everything, BERT, 0.1, ADAPTED, false",
        "everything, BERT, 0.1, ADAPTED, true",
        "everything, ROBERTA, 0.1, ADAPTED, true",
        "low-rank factors, BERT, 0.1, ADAPTED, true",
        "factors without dropout above a frozen layer, BERT, 0, ADAPTED, true",
        "low-rank factors above a frozen layer, BERT, 0.1, ADAPTED, true",
        "low-rank factors on queries, BERT, 0.1, ADAPTED, true",
        "low-rank factors above a frozen layer, BERT, 0.1, ALL, true",
        "head, BERT, 0.1, ADAPTED, true",
        "head, ROBERTA, 0.1, ALL, true",
        "halved parameters, BERT, 0, ADAPTED, true",
        "halved parameters, BERT, 0.1, ADAPTED, true"
    })
    void fastNumericsComputeTheSameScoresLossAndGradients(
            String what, Family family, double dropout, DropoutLayers layers, boolean leavesUnread) {
        EncoderConfig config = RandomWeights.tiny(family);
        ModelLayout layout = new ModelLayout(config, 2);
        Model model = new Model(layout, new RandomWeights(config, 3), 5);
        Batch batch = batch(config, 6, 12);
        TrainingSpec spec = spec(dropout).toBuilder().dropoutLayers(layers).build();
        Adapter adapter = adapter(what, layout);
        Choices ofPortable = underPortableMasks(Numerics.PORTABLE, leavesUnread && dropout > 0);
        Choices ofFast = underPortableMasks(Numerics.FAST, leavesUnread);
        try (TrainingGraph portable =
                        new TrainingGraph(model, adapter, TWO_CLASSES, spec, Numerics.PORTABLE, ofPortable);
                TrainingGraph fast = new TrainingGraph(model, adapter, TWO_CLASSES, spec, Numerics.FAST, ofFast)) {
            assertThat(flat(fast.logits(batch))).containsExactly(flat(portable.logits(batch)), within(1e-5f));
            TrainingGraph.Gradients expected = portable.gradients(batch, 77);
            TrainingGraph.Gradients found = fast.gradients(batch, 77);
            assertThat(found.loss()).isCloseTo(expected.loss(), within(1e-5f));
            for (TrainedParameter parameter : portable.trained()) {
                float[] one = expected.byParameter().get(parameter.name());
                float[] other = found.byParameter().get(parameter.name());
                float largest = 0;
                for (float value : one) {
                    largest = Math.max(largest, Math.abs(value));
                }
                // Single precision over some hundred terms, in another order.
                assertThat(other).as(parameter.name()).containsExactly(one, within(1e-4f * largest + 1e-7f));
            }
        }
    }

    private static Choices underPortableMasks(Numerics numerics, boolean leavesUnread) {
        return new Choices(
                SessionConfig.of(numerics, 2), Survivors.by(Numerics.PORTABLE), new SideBySide(1, 2), leavesUnread);
    }

    private static Adapter adapter(String what, ModelLayout layout) {
        return switch (what) {
            case "everything" -> EVERYTHING;
            case "head" -> new Adapter() {};
            case "low-rank factors" -> new LowRankFactors(layout.sites(), 9);
            case "low-rank factors above a frozen layer" -> new LowRankFactors(aboveFirst(layout), 9);
            case "factors without dropout above a frozen layer" -> new LowRankFactors(aboveFirst(layout), 9, 0);
            case "low-rank factors on queries" ->
                new LowRankFactors(
                        layout.sites().stream()
                                .filter(site -> site.projection() == Projection.QUERY)
                                .toList(),
                        9);
            case "halved parameters" -> new HalvedParameters();
            default -> throw new IllegalArgumentException(what);
        };
    }

    private static List<LinearSite> aboveFirst(ModelLayout layout) {
        return layout.sites().stream().filter(site -> site.layer() > 0).toList();
    }

    /** Trains everything. */
    private static class HalvedParameters implements Adapter {
        @Override
        public boolean trains(ModelParameter parameter) {
            return true;
        }

        @Override
        public boolean reparametrises(ModelParameter parameter) {
            return Stream.of("LayerNorm.weight", "output.dense.weight", "self.key.weight", "self.value.bias")
                    .anyMatch(parameter.name()::endsWith);
        }

        @Override
        public Operand<TFloat32> parameter(GraphScope scope, ModelParameter parameter, Operand<TFloat32> value) {
            return scope.tf().math.mul(value, scope.tf().constant(0.5f));
        }
    }

    /** TensorFlow asks for the gradient of every such operation in one place, whoever made it. */
    @Test
    void anAdaptersOwnIdentityPassesItsGradientOn() {
        EncoderConfig config = RandomWeights.tiny(Family.BERT);
        Model model = new Model(new ModelLayout(config, 2), new RandomWeights(config, 3), 5);
        Batch batch = batch(config, 6, 12);
        Adapter throughIdentity = new HalvedParameters() {
            @Override
            public Operand<TFloat32> parameter(GraphScope scope, ModelParameter parameter, Operand<TFloat32> value) {
                return super.parameter(
                        scope,
                        parameter,
                        scope.tf().identityN(List.of(value)).output().get(0).expect(TFloat32.class));
            }
        };
        try (TrainingGraph with = new TrainingGraph(model, throughIdentity, TWO_CLASSES, spec(0), Numerics.FAST, 2);
                TrainingGraph without =
                        new TrainingGraph(model, new HalvedParameters(), TWO_CLASSES, spec(0), Numerics.FAST, 2)) {
            assertThat(with.gradients(batch, 1).byParameter())
                    .usingRecursiveComparison()
                    .isEqualTo(without.gradients(batch, 1).byParameter());
        }
    }

    /** What is executed is the same with all of TensorFlow's passes: those that are off would find nothing. */
    @ParameterizedTest
    @EnumSource(value = Numerics.class, names = "FAST.*", mode = EnumSource.Mode.MATCH_ALL)
    void theRewritingPassesThatAreOffFindNothing(Numerics numerics) {
        ConfigProto ours = SessionConfig.of(numerics, 2);
        ConfigProto.Builder all = ours.toBuilder();
        RewriterConfig.Builder rewriting = all.getGraphOptionsBuilder().getRewriteOptionsBuilder();
        rewriting
                .clearLayoutOptimizer()
                .clearLoopOptimization()
                .clearImplementationSelector()
                .clearFunctionOptimization()
                .clearMemoryOptimization();
        assertThat(all.build()).isNotEqualTo(ours);
        assertThat(executed(numerics, ours)).isEqualTo(executed(numerics, all.build()));
    }

    /** A second round removes constants and what moves nothing, and fuses no more than the first. */
    @ParameterizedTest
    @EnumSource(value = Numerics.class, names = "FAST.*", mode = EnumSource.Mode.MATCH_ALL)
    void oneRoundOfRewritingFusesAll(Numerics numerics) {
        ConfigProto ours = SessionConfig.of(numerics, 2);
        ConfigProto.Builder twoRounds = ours.toBuilder();
        twoRounds.getGraphOptionsBuilder().getRewriteOptionsBuilder().clearMetaOptimizerIterations();
        assertThat(twoRounds.build()).isNotEqualTo(ours);
        Map<String, Long> found = executed(numerics, ours);
        Map<String, Long> most = executed(numerics, twoRounds.build());
        for (Map<String, Long> each : List.of(found, most)) {
            each.keySet().removeAll(Set.of("Const", "NoOp", "Identity"));
        }
        assertThat(found).isEqualTo(most);
    }

    private static Map<String, Long> executed(Numerics numerics, ConfigProto settings) {
        return executedRuns(numerics, settings).stream()
                .flatMap(run -> run.getNodeList().stream())
                .collect(Collectors.groupingBy(NodeDef::getOp, Collectors.counting()));
    }

    private static List<GraphDef> executedRuns(Numerics numerics, ConfigProto settings) {
        EncoderConfig config = RandomWeights.tiny(Family.BERT);
        Model model = new Model(new ModelLayout(config, 2), new RandomWeights(config, 3), 5);
        try (TrainingGraph graph = new TrainingGraph(
                model,
                EVERYTHING,
                TWO_CLASSES,
                spec(0.1),
                numerics,
                new Choices(settings, Survivors.by(numerics), new SideBySide(1, 2), true))) {
            return graph.executed(batch(config, 6, 12));
        }
    }

    /**
     * In an evaluation for each layer one of query, key and value and one of the context, and one of the last layer's
     * query, which stands alone; in gradients these forward and backward. An evaluation's weights are turned by a run
     * before.
     */
    @Test
    void headsAreTransposedAndAnEvaluationsWeightsOnce() {
        int layers = RandomWeights.tiny(Family.BERT).layers();
        List<Long> transposes = executedRuns(Numerics.FAST, SessionConfig.of(Numerics.FAST, 2)).stream()
                .map(run -> run.getNodeList().stream()
                        .filter(node -> node.getOp().endsWith("Transpose"))
                        .count())
                .toList();
        long heads = 2L * layers + 1;
        assertThat(transposes).containsExactly(4L * layers + 1, heads, 2 * heads, 0L);
    }

    /** In the environment of portable numerics, where oneDNN is off; more is fused where it is on. */
    @Test
    void fastNumericsExecuteFewOperationsForEachBlock() {
        int layers = RandomWeights.tiny(Family.BERT).layers();
        assertThat(executed(Numerics.FAST, SessionConfig.of(Numerics.FAST, 2)))
                // Of evaluation: behind the embeddings and twice a layer.
                .containsEntry("_MklLayerNorm", 1L + 2 * layers)
                // Scores and context in both, and their four gradients.
                .containsEntry("BatchMatMulV2", (2L + 2 + 4) * layers)
                // In both query, key and value in one, but in the last layer the query apart; the other three maps of a
                // layer, and two of the head.
                .containsEntry("_FusedMatMul", 2L * (4 * layers + 1 + 2));
    }

    /** Else a weight might change while a gradient of the same step still reads it. */
    @ParameterizedTest
    @EnumSource(names = {"PORTABLE", "FAST"})
    void updatesComputeNoGradient(Numerics numerics) {
        EncoderConfig config = RandomWeights.tiny(Family.BERT);
        Model model = new Model(new ModelLayout(config, 2), new RandomWeights(config, 3), 5);
        try (TrainingGraph graph = new TrainingGraph(model, EVERYTHING, TWO_CLASSES, spec(0.1), numerics, 2)) {
            Map<String, NodeDef> nodes =
                    graph.definition().getNodeList().stream().collect(Collectors.toMap(NodeDef::getName, node -> node));
            Set<String> operations = new TreeSet<>();
            Set<String> seen = new HashSet<>();
            List<NodeDef> updates = nodes.values().stream()
                    .filter(node -> node.getOp().equals("ApplyAdam"))
                    .toList();
            updates.forEach(update -> follow(nodes, update, seen, operations));

            assertThat(updates).hasSameSizeAs(graph.trained());
            assertThat(operations)
                    .contains("ApplyGradientDescent", "Placeholder")
                    .doesNotContain("MatMul", "IdentityN");
        }
    }

    private static void follow(Map<String, NodeDef> nodes, NodeDef node, Set<String> seen, Set<String> operations) {
        if (seen.add(node.getName())) {
            operations.add(node.getOp());
            node.getInputList()
                    .forEach(input -> follow(
                            nodes, nodes.get(input.replace("^", "").replaceAll(":\\d+$", "")), seen, operations));
        }
    }

    /**
     * A batch in two even parts, one with a row to fill up, a single row, a last batch with few examples, and one that is
     * cut into more parts forwards.
     */
    @ParameterizedTest
    @CsvSource({
        "everything, 6, 6, 12",
        "everything, 5, 5, 12",
        "everything, 1, 1, 12",
        "everything, 2, 8, 12",
        "everything, 36, 36, 64",
        "factors without dropout above a frozen layer, 6, 6, 12",
        "factors without dropout above a frozen layer, 5, 5, 12",
        "factors without dropout above a frozen layer, 2, 8, 12",
        "factors without dropout above a frozen layer, 36, 36, 64"
    })
    void partsAddUpToTheWholeBatch(String what, int count, int rows, int length) {
        EncoderConfig config = RandomWeights.tiny(Family.BERT);
        ModelLayout layout = new ModelLayout(config, 2);
        Model model = new Model(layout, new RandomWeights(config, 3), 5);
        Batch batch =
                Batch.of(examples(config, 6, count), IntStream.range(0, count).toArray(), rows, length, config);
        try (TrainingGraph inParts =
                        new TrainingGraph(model, adapter(what, layout), TWO_CLASSES, spec(0), Numerics.FAST, 2);
                TrainingGraph whole = whole(model, adapter(what, layout))) {
            assertThat(flat(inParts.logits(batch))).containsExactly(flat(whole.logits(batch)), within(1e-6f));
            TrainingGraph.Gradients found = inParts.gradients(batch, 77);
            TrainingGraph.Gradients expected = whole.gradients(batch, 77);
            assertThat(found.loss()).isCloseTo(expected.loss(), within(1e-6f));
            assertThat(expected.byParameter()).isNotEmpty();
            expected.byParameter()
                    .forEach((name, gradient) -> assertThat(found.byParameter().get(name))
                            .as(name)
                            .containsExactly(gradient, within(1e-5f)));
        }
    }

    /** Stored activations, cut where those that are computed are, give the same bits. */
    @ParameterizedTest
    @CsvSource({"5, 5, 12", "2, 8, 12", "36, 36, 64"})
    void partsOnStoredActivationsGiveTheBitsOfComputedOnes(int count, int rows, int length) {
        EncoderConfig config = RandomWeights.tiny(Family.BERT);
        ModelLayout layout = new ModelLayout(config, 2);
        Model model = new Model(layout, new RandomWeights(config, 3), 5);
        Adapter adapter = adapter("low-rank factors above a frozen layer", layout);
        Batch batch =
                Batch.of(examples(config, 6, count), IntStream.range(0, count).toArray(), rows, length, config);
        try (TrainingGraph graph = new TrainingGraph(model, adapter, TWO_CLASSES, spec(0), Numerics.FAST, 2)) {
            FloatBuffer activations = FloatBuffer.wrap(graph.frozenActivations(batch));
            int width = graph.frozenWidth(length);
            Batch stored = batch.withFrozen(IntStream.range(0, count)
                    .<ActivationBlock>mapToObj(row -> new ActivationBlock.Floats(activations.slice(row * width, width)))
                    .toList());

            assertThat(flat(graph.logits(stored))).containsExactly(flat(graph.logits(batch)));
            TrainingGraph.Gradients one = graph.gradients(batch, 77);
            TrainingGraph.Gradients other = graph.gradients(stored, 77);
            assertThat(one.byParameter()).isNotEmpty();
            one.byParameter()
                    .forEach((name, gradient) ->
                            assertThat(other.byParameter().get(name)).as(name).containsExactly(gradient));
        }
    }

    /** Weights that are turned for many evaluations are turned again when they change. */
    @Test
    void evaluationsFollowEveryChangeOfTheWeights() {
        EncoderConfig config = RandomWeights.tiny(Family.BERT);
        ModelLayout layout = new ModelLayout(config, 2);
        Model model = new Model(layout, new RandomWeights(config, 3), 5);
        Adapter aboveFirst = new Adapter() {
            @Override
            public boolean trains(ModelParameter parameter) {
                return parameter.layer() > 0;
            }
        };
        Batch batch = batch(config, 6, 12);
        TensorMap before = new TensorMap();
        try (TrainingGraph graph = new TrainingGraph(model, aboveFirst, TWO_CLASSES, spec(0), Numerics.FAST, 2)) {
            assertThat(graph.frozenLayers()).isEqualTo(1);
            float[] atStart = flat(graph.logits(batch));
            try (GraphState state = graph.state()) {
                state.names().forEach(name -> before.put(name, state.shape(name), state.values(name)));
            }

            graph.step(batch, 1, 1, 1);
            float[] afterStep = flat(graph.logits(batch));
            assertThat(afterStep).isNotEqualTo(atStart).containsExactly(evaluatedAnew(model, aboveFirst, graph, batch));

            graph.executed(batch);
            assertThat(flat(graph.logits(batch)))
                    .isNotEqualTo(afterStep)
                    .containsExactly(evaluatedAnew(model, aboveFirst, graph, batch));

            graph.restore(before);
            assertThat(flat(graph.logits(batch))).containsExactly(atStart);

            for (int layer = 0; layer < 2; layer++) {
                String name = layout.site(layer, Projection.OUTPUT).weightName();
                float[] values = graph.value(name);
                values[0] += 1;
                float[] old = flat(graph.logits(batch));
                graph.assign(name, values);
                assertThat(flat(graph.logits(batch)))
                        .as(name)
                        .isNotEqualTo(old)
                        .containsExactly(evaluatedAnew(model, aboveFirst, graph, batch));
            }
        }
    }

    /** By another graph with the same weights, which has evaluated nothing before. */
    private static float[] evaluatedAnew(Model model, Adapter adapter, TrainingGraph with, Batch batch) {
        try (TrainingGraph other = new TrainingGraph(model, adapter, TWO_CLASSES, spec(0), Numerics.FAST, 2)) {
            with.names().forEach(name -> other.assign(name, with.value(name)));
            return flat(other.logits(batch));
        }
    }

    /** Of a layer's intermediate map, the widest: by the shapes that TensorFlow traces. */
    @Test
    void theLastLayerComputesOnlyTheTokensThatTheHeadReads() {
        EncoderConfig config = RandomWeights.tiny(Family.BERT);
        Model model = new Model(new ModelLayout(config, 2), new RandomWeights(config, 3), 5);
        int length = 12;
        Batch batch = batch(config, 6, length);
        long examples = batch.examples().length;
        RunOptions traced = RunOptions.newBuilder()
                .setTraceLevel(RunOptions.TraceLevel.SOFTWARE_TRACE)
                .build();
        try (TrainingGraph graph = whole(model, EVERYTHING)) {
            Map<String, RunMetadata> observed = graph.observed(batch, traced);
            for (String pass : List.of("evaluation", "gradients")) {
                List<Long> rows = observed.get(pass).getStepStats().getDevStatsList().stream()
                        .flatMap(device -> device.getNodeStatsList().stream())
                        .filter(node -> node.getTimelineLabel().contains("Erf("))
                        .map(node -> node.getOutput(0).getTensorDescription().getShape())
                        .map(shape -> shape.getDim(0).getSize())
                        .sorted()
                        .toList();
                assertThat(rows).as(pass).containsExactly(examples, examples * length);
            }
        }
    }

    private static TrainingGraph whole(Model model, Adapter adapter) {
        return new TrainingGraph(
                model,
                adapter,
                TWO_CLASSES,
                spec(0),
                Numerics.FAST,
                new Choices(
                        SessionConfig.of(Numerics.FAST, 2), Survivors.by(Numerics.FAST), new SideBySide(1, 2), true));
    }

    @Test
    void partsHaveDropoutOfTheirOwn() {
        EncoderConfig config = RandomWeights.tiny(Family.BERT);
        Model model = new Model(new ModelLayout(config, 2), new RandomWeights(config, 3), 5);
        List<EncodedExample> one = List.of(new EncodedExample("a", new Tokens(new int[] {2, 7, 8}, new int[3]), 1));
        Batch alone = Batch.of(one, new int[] {0}, 1, 3, config);
        Batch twice = Batch.of(one, new int[] {0, 0}, 2, 3, config);
        try (TrainingGraph graph = new TrainingGraph(model, EVERYTHING, TWO_CLASSES, spec(0.5), Numerics.FAST, 2)) {
            // The first part has the mask of the row alone. Had the second it too, the mean would be the same.
            assertThat(graph.gradients(twice, 77).loss())
                    .isNotEqualTo(graph.gradients(alone, 77).loss());
        }
    }

    @Test
    void fastBitsDoNotDependOnWhetherPartsAreComputedAtATime() {
        Map<String, float[]> atATime = weightsAfterSteps(2);
        Map<String, float[]> inTurn = weightsAfterSteps(1);
        assertThat(atATime).hasSameSizeAs(inTurn);
        atATime.forEach((name, values) -> assertThat(inTurn.get(name)).as(name).containsExactly(values));
    }

    private static Map<String, float[]> weightsAfterSteps(int threads) {
        EncoderConfig config = RandomWeights.tiny(Family.BERT);
        Model model = new Model(new ModelLayout(config, 2), new RandomWeights(config, 3), 5);
        try (TrainingGraph graph =
                new TrainingGraph(model, EVERYTHING, TWO_CLASSES, spec(0.1), Numerics.FAST, threads)) {
            for (int step = 1; step <= 3; step++) {
                graph.step(batch(config, 6, 12), step, 1, step);
            }
            return graph.trained().stream()
                    .collect(Collectors.toMap(TrainedParameter::name, parameter -> graph.value(parameter.name())));
        }
    }

    private static float[] flat(float[][] rows) {
        float[] all = new float[rows.length * rows[0].length];
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(rows[row], 0, all, row * rows[0].length, rows[0].length);
        }
        return all;
    }

    @Test
    void sameSeedGivesTheSameBitsAndAnotherSeedOthers() {
        assertThat(lossesAndWeights(11)).isEqualTo(lossesAndWeights(11)).isNotEqualTo(lossesAndWeights(12));
    }

    private static String lossesAndWeights(long dropoutSeed) {
        EncoderConfig config = RandomWeights.tiny(Family.BERT);
        Model model = new Model(new ModelLayout(config, 2), new RandomWeights(config, 3), 5);
        org.adapterbench.api.Sha256 sha = new org.adapterbench.api.Sha256();
        try (TrainingGraph graph = new TrainingGraph(model, EVERYTHING, TWO_CLASSES, spec(0.1), Numerics.PORTABLE, 2)) {
            for (int step = 1; step <= 5; step++) {
                float loss = graph.step(batch(config, step, 24), step, 1.0, dropoutSeed + step);
                sha.add(Float.floatToRawIntBits(loss));
            }
            graph.trained().forEach(p -> sha.add(graph.value(p.name())));
        }
        return sha.hex();
    }

    @Test
    void aRestoredStateGoesOnToTheSameBits() {
        EncoderConfig config = RandomWeights.tiny(Family.BERT);
        Model model = new Model(new ModelLayout(config, 2), new RandomWeights(config, 3), 5);
        TensorMap kept = new TensorMap();
        List<Float> losses;
        Map<String, float[]> weights;
        try (TrainingGraph graph = new TrainingGraph(model, EVERYTHING, TWO_CLASSES, spec(0.1), Numerics.PORTABLE, 2)) {
            steps(graph, config, 1, 3);
            try (GraphState state = graph.state()) {
                state.names().forEach(name -> kept.put(name, state.shape(name), state.values(name)));
            }
            losses = steps(graph, config, 4, 6);
            weights = weights(graph);
        }
        assertThat(kept.names()).hasSize(3 * weights.size());
        try (TrainingGraph graph = new TrainingGraph(model, EVERYTHING, TWO_CLASSES, spec(0.1), Numerics.PORTABLE, 2)) {
            graph.restore(kept);
            assertThat(steps(graph, config, 4, 6)).isEqualTo(losses);
            assertThat(weights(graph)).usingRecursiveComparison().isEqualTo(weights);
        }
    }

    private static List<Float> steps(TrainingGraph graph, EncoderConfig config, int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(step -> graph.step(batch(config, step, 24), step, 1.0, step))
                .toList();
    }

    private static Map<String, float[]> weights(TrainingGraph graph) {
        return graph.trained().stream().collect(Collectors.toMap(TrainedParameter::name, p -> graph.value(p.name())));
    }

    @Test
    void filledRowsDoNotChangeTheGradients() {
        EncoderConfig config = RandomWeights.tiny(Family.BERT);
        Model model = new Model(new ModelLayout(config, 2), new RandomWeights(config, 3), 5);
        List<EncodedExample> examples = examples(config, 9, 6);
        int[] chosen = {0, 1, 2, 3, 4, 5};
        try (TrainingGraph graph = new TrainingGraph(model, EVERYTHING, TWO_CLASSES, spec(0), Numerics.PORTABLE, 2)) {
            Map<String, float[]> exact = graph.gradients(Batch.of(examples, chosen, 6, 12, config), 1)
                    .byParameter();
            Map<String, float[]> filled = graph.gradients(Batch.of(examples, chosen, 8, 24, config), 1)
                    .byParameter();
            exact.forEach((name, gradient) -> {
                for (int i = 0; i < gradient.length; i++) {
                    assertThat(filled.get(name)[i])
                            .as(name)
                            .isCloseTo(gradient[i], org.assertj.core.data.Offset.offset(2e-5f));
                }
            });
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PORTABLE", "FAST"})
    void stepsFollowTheAdamWFormula(Numerics numerics) {
        EncoderConfig config = RandomWeights.tiny(Family.BERT);
        Model model = new Model(new ModelLayout(config, 2), new RandomWeights(config, 3), 5);
        Batch batch = batch(config, 4, 12);
        String name = "encoder.layer.1.output.dense.weight";
        TrainingSpec clipping = spec(0).toBuilder().clipNorm(CLIP_NORM).build();
        try (TrainingGraph graph = new TrainingGraph(model, EVERYTHING, TWO_CLASSES, clipping, numerics, 2)) {
            double[] first = new double[graph.value(name).length];
            double[] second = new double[first.length];
            for (int step = 1; step <= 3; step++) {
                TrainingGraph.Gradients gradients = graph.gradients(batch, 1);
                double[] expected = adamW(graph.value(name), gradients, name, first, second, step);
                graph.step(batch, step, 1.0, 1);
                float[] actual = graph.value(name);
                for (int i = 0; i < actual.length; i++) {
                    // A step moves a weight by about the rate, 1e-3; fp32 rounding of moments and weight is 1e-7.
                    assertThat((double) actual[i]).isCloseTo(expected[i], org.assertj.core.data.Offset.offset(1e-6));
                }
                // Steps hardly show by how much gradients were clipped, since they are divided by their size.
                assertThat(firstMoment(graph, name)).containsExactly(first, within(1e-5 * largest(first)));
            }
        }
    }

    private static double[] firstMoment(TrainingGraph graph, String name) {
        try (GraphState state = graph.state()) {
            float[] values = state.values(name + ".first-moment");
            return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
        }
    }

    private static double largest(double[] values) {
        return Arrays.stream(values).map(Math::abs).max().orElseThrow();
    }

    /** One step in double, as in PyTorch's AdamW; rate 1e-3, decay 0.01. */
    private static double[] adamW(
            float[] weights,
            TrainingGraph.Gradients gradients,
            String name,
            double[] first,
            double[] second,
            int step) {
        double squares = gradients.byParameter().values().stream()
                .mapToDouble(g -> dot(g, g))
                .sum();
        double clip = CLIP_NORM / (Math.sqrt(squares) + 1e-6);
        assertThat(clip).isLessThan(1);
        float[] gradient = gradients.byParameter().get(name);
        double[] next = new double[weights.length];
        for (int i = 0; i < weights.length; i++) {
            double g = gradient[i] * clip;
            first[i] = 0.9 * first[i] + 0.1 * g;
            second[i] = 0.999 * second[i] + 0.001 * g * g;
            double mean = first[i] / (1 - Math.pow(0.9, step));
            double deviation = Math.sqrt(second[i] / (1 - Math.pow(0.999, step))) + 1e-8;
            next[i] = weights[i] * (1 - 1e-3 * 0.01) - 1e-3 * mean / deviation;
        }
        return next;
    }

    @Test
    void holdsNoOperationWhoseBitsDependOnTheProcessor() {
        EncoderConfig config = RandomWeights.tiny(Family.ROBERTA);
        Model model = new Model(new ModelLayout(config, 2), new RandomWeights(config, 3), 5);
        try (TrainingGraph graph = new TrainingGraph(model, EVERYTHING, TWO_CLASSES, spec(0.1), Numerics.PORTABLE, 2)) {
            Set<String> operations = graph.definition().getNodeList().stream()
                    .map(NodeDef::getOp)
                    .collect(Collectors.toSet());
            assertThat(operations)
                    .contains("MatMul", "BatchMatMulV3", "ApplyAdam")
                    .doesNotContain(
                            "Softmax",
                            "Rsqrt",
                            "RsqrtGrad",
                            "Reciprocal",
                            "Inv",
                            "InvGrad",
                            "ReciprocalGrad",
                            "Atan",
                            "FusedBatchNorm",
                            "FusedBatchNormV3",
                            "StatelessRandomNormal",
                            "StatelessRandomNormalV2");
        }
    }

    static TrainingSpec spec(double dropout) {
        return Defaults.TRAINING.toBuilder()
                .epochs(1)
                .learningRate(1e-3)
                .warmupFraction(0)
                .batchSize(8)
                .maxLength(48)
                .dropout(dropout)
                .build();
    }

    static Batch batch(EncoderConfig config, int seed, int length) {
        List<EncodedExample> examples = examples(config, seed, 8);
        return Batch.of(examples, IntStream.range(0, 8).toArray(), 8, length, config);
    }

    static List<EncodedExample> examples(EncoderConfig config, int seed, int count) {
        RandomGenerator random = Seeds.generator(seed);
        List<EncodedExample> examples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int[] ids =
                    random.ints(4 + random.nextInt(8), 2, config.vocabulary()).toArray();
            examples.add(new EncodedExample("e" + i, new Tokens(ids, new int[ids.length]), i % 2));
        }
        return examples;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
