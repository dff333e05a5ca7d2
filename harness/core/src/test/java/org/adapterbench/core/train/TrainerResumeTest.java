package org.adapterbench.core.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.adapterbench.api.method.Adapter;
import org.adapterbench.api.method.ModelParameter;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.RunSpec.Checkpoint;
import org.adapterbench.api.record.RunSpec.DropoutLayers;
import org.adapterbench.api.record.RunSpec.TrainingSpec;
import org.adapterbench.core.config.Defaults;
import org.adapterbench.core.encoder.Model;
import org.adapterbench.core.encoder.ModelLayout;
import org.adapterbench.core.encoder.RandomWeights;
import org.adapterbench.core.train.Evaluator.EvaluationSet;
import org.adapterbench.core.weights.EncoderConfig;
import org.adapterbench.core.weights.EncoderConfig.Family;
import org.adapterbench.core.weights.TensorMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A training that goes on from any state that it kept ends with the bits of one that was never interrupted. */
class TrainerResumeTest {

    private static final EncoderConfig ENCODER = RandomWeights.tiny(Family.BERT);

    private final List<EncodedExample> training = TrainingGraphTest.examples(ENCODER, 1, 24);
    private final List<EncodedExample> slice = TrainingGraphTest.examples(ENCODER, 3, 16);
    private final List<EncodedExample> dev = TrainingGraphTest.examples(ENCODER, 2, 16);
    private final List<String> resumed = new ArrayList<>();
    private final ActivationStore store = new ActivationStore(Path.of("not needed"), 64 << 20);
    private int processes;

    @AfterEach
    void close() {
        store.close();
    }

    /** Keeps every state in memory, and is due before every step and every batch of an evaluation. */
    private static final class Memory implements TrainingCheckpoint {
        private final List<TrainingState> written = new ArrayList<>();
        private Optional<TrainingState> start = Optional.empty();
        private String rejected = "";

        @Override
        public Optional<TrainingState> read() {
            return start;
        }

        @Override
        public void reject(String why) {
            rejected = why;
        }

        @Override
        public boolean due() {
            return true;
        }

        @Override
        public void write(TrainingState state) {
            TensorMap copy = new TensorMap();
            state.tensors()
                    .names()
                    .forEach(name -> copy.put(
                            name, state.tensors().shape(name), state.tensors().values(name)));
            written.add(new TrainingState(state.progress(), copy));
        }

        @Override
        public void settle() {}
    }

    /** What must not depend on interruptions. */
    private record Result(Trainer.Result left, Map<String, List<Float>> weights) {

        private Object bits() {
            return List.of(
                    left.lossCurve(),
                    left.epochs(),
                    left.reported(),
                    SplitPredictions.sha256(left.predictions()),
                    weights,
                    left.times().seconds().size(),
                    left.times().examples(),
                    left.times().tokens());
        }
    }

    @ParameterizedTest
    @CsvSource({"LAST, ALL", "BEST, ALL", "LAST, ADAPTED", "BEST, ADAPTED"})
    void everyKeptStateLeadsToTheSameEnd(Checkpoint rule, DropoutLayers layers) {
        Memory memory = new Memory();
        Result whole = train(rule, layers, memory);
        assertThat(whole.left().lossCurve()).hasSize(9);
        // Before each of 9 steps, at 3 epochs' ends, and before each of 2 batches in 4 evaluations; with the rule
        // BEST two more of the slice in each, and the best epoch's values are scored again.
        int expected = 9 + 3 + 4 * 2 + (rule == Checkpoint.BEST ? 4 * 2 + 2 : 0);
        assertThat(memory.written).hasSize(expected);
        assertThat(resumed).isEmpty();

        for (TrainingState state : memory.written) {
            Memory again = new Memory();
            again.start = Optional.of(state);
            Result rest = train(rule, layers, again);

            assertThat(rest.bits()).as(state.progress().toString()).isEqualTo(whole.bits());
            assertThat(rest.left().earlierSeconds())
                    .isEqualTo(state.progress().seconds().total());
            assertNoPartLost(state, again.written);
            assertThat(again.rejected).isEmpty();
            assertThat(resumed.remove(0)).isEqualTo(state.progress().steps() + " of 9");
            // Nothing is computed twice: what was kept and what is kept anew make the whole.
            assertThat(again.written.size()).isLessThanOrEqualTo(memory.written.size() - memory.written.indexOf(state));
        }
    }

    /** What a process kept is part of what the next one counts, whether or not it was within an evaluation. */
    private static void assertNoPartLost(TrainingState state, List<TrainingState> later) {
        TrainingSeconds before = state.progress().seconds();
        for (TrainingState next : later) {
            TrainingSeconds now = next.progress().seconds();
            assertThat(now.training()).isGreaterThan(before.training());
            assertThat(now.evaluation()).isGreaterThanOrEqualTo(before.evaluation());
            assertThat(now.frozenLayers()).isGreaterThanOrEqualTo(before.frozenLayers());
            assertThat(now.checkpoint()).isGreaterThanOrEqualTo(before.checkpoint());
        }
    }

    @ParameterizedTest
    @EnumSource(Checkpoint.class)
    void everyBatchThatIsScoredCountsAsEvaluation(Checkpoint rule) {
        Memory memory = new Memory();
        Result whole = train(rule, DropoutLayers.ADAPTED, memory);

        // Of two states within one evaluation the second has one more batch, and the end has the last one's too.
        int within = 0;
        for (int i = 1; i < memory.written.size(); i++) {
            TrainingProgress former = memory.written.get(i - 1).progress();
            TrainingProgress state = memory.written.get(i).progress();
            if (state.scores().size() == former.scores().size() + 1) {
                within++;
                assertThat(state.seconds().evaluation())
                        .as(state.toString())
                        .isGreaterThan(former.seconds().evaluation());
            }
        }
        assertThat(within).isEqualTo(rule == Checkpoint.BEST ? 4 * 3 + 1 : 4);
        TrainingProgress last = memory.written.get(memory.written.size() - 1).progress();
        assertThat(whole.left().seconds().evaluation())
                .isGreaterThan(last.seconds().evaluation());
        assertThat(whole.left().seconds().frozenLayers()).isPositive();
        assertThat(whole.left().seconds().checkpoint()).isPositive();
        assertThat(whole.left().earlierSeconds()).isZero();
    }

    @Test
    void aStateOfAnotherModelIsGivenUpAndTheTrainingStartsAnew() {
        Memory memory = new Memory();
        Result whole = train(Checkpoint.LAST, DropoutLayers.ALL, memory);
        TrainingState last = memory.written.get(memory.written.size() - 1);
        TensorMap tooFew = new TensorMap();
        last.tensors().names().stream()
                .skip(1)
                .forEach(name -> tooFew.put(
                        name, last.tensors().shape(name), last.tensors().values(name)));
        Memory foreign = new Memory();
        foreign.start = Optional.of(new TrainingState(last.progress(), tooFew));

        assertThat(train(Checkpoint.LAST, DropoutLayers.ALL, foreign).bits()).isEqualTo(whole.bits());
        assertThat(foreign.rejected).contains("another model");
        assertThat(resumed).isEmpty();
    }

    /** With {@code ADAPTED} the lower layer's activations are stored, and each training finds an empty store. */
    private Result train(Checkpoint rule, DropoutLayers layers, TrainingCheckpoint checkpoint) {
        boolean best = rule == Checkpoint.BEST;
        TrainingSpec spec = Defaults.TRAINING.toBuilder()
                .learningRate(2e-2)
                .headLearningRate(2e-2)
                .warmupFraction(0.1)
                .batchSize(8)
                .maxLength(48)
                .dropoutLayers(layers)
                .checkpoint(rule)
                .selectionExamples(best ? 16 : 0)
                .build();
        Adapter upperLayer = new Adapter() {
            @Override
            public boolean trains(ModelParameter parameter) {
                return parameter.name().startsWith("encoder.layer.1.");
            }
        };
        Model model = new Model(new ModelLayout(ENCODER, 2), new RandomWeights(ENCODER, 3), 5);
        TrainingListener listener = new TrainingListener() {
            @Override
            public void resumed(String stage, int step, int steps) {
                resumed.add(step + " of " + steps);
            }
        };
        FrozenPrefix prefix = layers == DropoutLayers.ADAPTED
                ? new FrozenPrefix(store, "process " + ++processes)
                : FrozenPrefix.computed();
        try (TrainingGraph graph =
                new TrainingGraph(model, upperLayer, TrainerTest.CLASSES, spec, Numerics.PORTABLE, 2)) {
            Trainer.Result left = new Trainer(
                            graph, TrainerTest.TASK, ENCODER, spec, "train", 1, prefix, listener, checkpoint)
                    .train(training, best ? slice : List.of(), List.of(new EvaluationSet("dev", dev)));
            Map<String, List<Float>> weights = new TreeMap<>();
            graph.trained().forEach(p -> weights.put(p.name(), list(graph.value(p.name()))));
            return new Result(left, weights);
        }
    }

    private static List<Float> list(float[] values) {
        List<Float> all = new ArrayList<>();
        for (float value : values) {
            all.add(value);
        }
        return all;
    }
}
