package org.adapterbench.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.adapterbench.api.FailureKind;
import org.adapterbench.api.RunFailure;
import org.adapterbench.api.method.Adapter;
import org.adapterbench.api.method.ModelParameter;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.api.record.Outcome.SplitScore;
import org.adapterbench.api.record.RunSpec.Checkpoint;
import org.adapterbench.api.record.RunSpec.DropoutLayers;
import org.adapterbench.api.record.RunSpec.Part;
import org.adapterbench.api.record.RunSpec.TrainingSpec;
import org.adapterbench.api.task.Metric;
import org.adapterbench.api.task.Objective;
import org.adapterbench.api.task.Task;
import org.adapterbench.core.config.Defaults;
import org.adapterbench.core.encoder.Model;
import org.adapterbench.core.encoder.ModelLayout;
import org.adapterbench.core.encoder.RandomWeights;
import org.adapterbench.core.train.Evaluator.EvaluationSet;
import org.adapterbench.core.weights.EncoderConfig;
import org.adapterbench.core.weights.EncoderConfig.Family;
import org.junit.jupiter.api.Test;

class TrainerTest {

    private static final EncoderConfig ENCODER = RandomWeights.tiny(Family.BERT);
    static final Objective CLASSES = new Objective.Classification(List.of("no", "yes"));

    private static final Metric SHARE_RIGHT = new Metric() {
        @Override
        public String name() {
            return "accuracy";
        }

        @Override
        public boolean higherIsBetter() {
            return true;
        }

        @Override
        public double compute(float[] predicted, float[] expected) {
            int right = 0;
            for (int i = 0; i < predicted.length; i++) {
                right += predicted[i] == expected[i] ? 1 : 0;
            }
            return (double) right / predicted.length;
        }
    };
    static final Task TASK = new Task("fake/task", "for tests", false, CLASSES, List.of(SHARE_RIGHT), List.of("dev"));

    private final List<EncodedExample> training = TrainingGraphTest.examples(ENCODER, 1, 40);
    private final List<EncodedExample> dev = TrainingGraphTest.examples(ENCODER, 2, 24);

    @Test
    void everyEpochIsScoredTheStartIncluded() {
        Trainer.Result result = train(spec(2, 1e-3, Checkpoint.LAST, 0), List.of());

        assertThat(result.epochs()).extracting(Outcome.Epoch::epoch).containsExactly(0, 1, 2);
        assertThat(result.epochs().get(0).trainLoss()).isNull();
        assertThat(result.lossCurve()).hasSize(10);
        assertThat(result.reported()).isEqualTo(result.epochs().get(2).scores());
        assertThat(result.predictions().get(0).predictions())
                .extracting(Prediction::id)
                .containsExactlyElementsOf(dev.stream().map(EncodedExample::id).toList());
    }

    @Test
    void theBestEpochOnTheSliceIsReportedAndLeftInTheGraph() {
        List<EncodedExample> slice = TrainingGraphTest.examples(ENCODER, 3, 32);
        Trainer.Result result = train(spec(5, 2e-2, Checkpoint.BEST, 32), slice);

        Outcome.Epoch best = result.epochs().stream()
                .skip(1)
                .max(Comparator.<Outcome.Epoch>comparingDouble(
                                e -> accuracy(e.scores().get(1)))
                        .thenComparing(e -> -e.epoch()))
                .orElseThrow();
        assertThat(best.epoch()).as("the rule must decide something").isLessThan(5);
        assertThat(best.scores().get(1).split()).isEqualTo(Trainer.SELECTION);
        assertThat(result.reported()).containsExactly(best.scores().get(0));
    }

    @Test
    void anExplodingLossIsADivergedRun() {
        assertThatThrownBy(() -> train(spec(3, 1e30, Checkpoint.LAST, 0), List.of()))
                .isInstanceOfSatisfying(
                        RunFailure.class, failure -> assertThat(failure.kind()).isEqualTo(FailureKind.DIVERGED));
    }

    @Test
    void frozenPartsOfTheHeadKeepTheirBits() {
        TrainingSpec frozen = Defaults.TRAINING.toBuilder()
                .epochs(1)
                .learningRate(1e-2)
                .headLearningRate(1e-2)
                .warmupFraction(0)
                .batchSize(8)
                .maxLength(48)
                .decayAll(true)
                .head(Part.FROZEN)
                .build();
        Model model = model();
        try (TrainingGraph graph = new TrainingGraph(model, new Adapter() {}, CLASSES, frozen, Numerics.PORTABLE, 2)) {
            trainer(graph, frozen).train(training, List.of(), List.of());

            assertThat(graph.value("classifier.weight")).isEqualTo(model.values("classifier.weight"));
            assertThat(graph.value("pooler.dense.weight")).isNotEqualTo(model.values("pooler.dense.weight"));
            assertThat(graph.trained())
                    .extracting(TrainedParameter::name)
                    .containsExactly("pooler.dense.weight", "pooler.dense.bias");
        }
    }

    @Test
    void layersBelowDropoutFromHaveNone() {
        TrainingSpec above = Defaults.TRAINING.toBuilder()
                .epochs(1)
                .learningRate(1e-3)
                .warmupFraction(0)
                .batchSize(8)
                .maxLength(48)
                .weightDecay(0)
                .clipNorm(0)
                .dropout(0.5)
                .dropoutLayers(DropoutLayers.ADAPTED)
                .build();
        TrainingSpec everywhere = Defaults.TRAINING.toBuilder()
                .epochs(1)
                .learningRate(1e-3)
                .warmupFraction(0)
                .batchSize(8)
                .maxLength(48)
                .weightDecay(0)
                .clipNorm(0)
                .dropout(0.5)
                .build();
        Batch batch = TrainingGraphTest.batch(ENCODER, 5, 12);

        // In a two-layer encoder only the head's dropout is left: two of the losses differ by the head alone.
        assertThat(lossSpread(above, batch))
                .isLessThan(lossSpread(everywhere, batch))
                .isPositive();
    }

    private static double lossSpread(TrainingSpec spec, Batch batch) {
        List<Double> losses = new ArrayList<>();
        try (TrainingGraph graph = new TrainingGraph(model(), new Adapter() {}, CLASSES, spec, Numerics.PORTABLE, 2)) {
            for (int seed = 0; seed < 12; seed++) {
                losses.add((double) graph.gradients(batch, seed).loss());
            }
        }
        double mean = losses.stream().mapToDouble(d -> d).average().orElseThrow();
        return losses.stream().mapToDouble(d -> (d - mean) * (d - mean)).sum();
    }

    private Trainer.Result train(TrainingSpec spec, List<EncodedExample> slice) {
        Adapter everything = new Adapter() {
            @Override
            public boolean trains(ModelParameter parameter) {
                return true;
            }
        };
        try (TrainingGraph graph = new TrainingGraph(model(), everything, CLASSES, spec, Numerics.PORTABLE, 2)) {
            return trainer(graph, spec).train(training, slice, List.of(new EvaluationSet("dev", dev)));
        }
    }

    private static Trainer trainer(TrainingGraph graph, TrainingSpec spec) {
        return new Trainer(
                graph,
                TASK,
                ENCODER,
                spec,
                "train",
                1,
                FrozenPrefix.computed(),
                new TrainingListener() {},
                TrainingCheckpoint.none());
    }

    private static Model model() {
        return new Model(new ModelLayout(ENCODER, 2), new RandomWeights(ENCODER, 3), 5);
    }

    private static TrainingSpec spec(int epochs, double rate, Checkpoint checkpoint, int slice) {
        return Defaults.TRAINING.toBuilder()
                .epochs(epochs)
                .learningRate(rate)
                .headLearningRate(rate)
                .warmupFraction(0)
                .batchSize(8)
                .maxLength(48)
                .checkpoint(checkpoint)
                .selectionExamples(slice)
                .build();
    }

    private static double accuracy(SplitScore score) {
        return score.metrics().get("accuracy");
    }
}
