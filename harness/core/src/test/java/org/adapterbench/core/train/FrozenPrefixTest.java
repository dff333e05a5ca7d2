package org.adapterbench.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.adapterbench.api.method.Adapter;
import org.adapterbench.api.method.LinearSite;
import org.adapterbench.api.method.ModelParameter;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.RunSpec.DropoutLayers;
import org.adapterbench.api.record.RunSpec.TrainingSpec;
import org.adapterbench.core.RunStopped;
import org.adapterbench.core.config.Defaults;
import org.adapterbench.core.encoder.FrozenLayers;
import org.adapterbench.core.encoder.Model;
import org.adapterbench.core.encoder.ModelLayout;
import org.adapterbench.core.encoder.RandomWeights;
import org.adapterbench.core.train.ActivationBlock.Width;
import org.adapterbench.core.train.Evaluator.EvaluationSet;
import org.adapterbench.core.weights.EncoderConfig;
import org.adapterbench.core.weights.EncoderConfig.Family;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrozenPrefixTest {

    private static final Adapter HEAD_ONLY = new Adapter() {};
    private static final Adapter SECOND_LAYER = new Adapter() {
        @Override
        public boolean trains(ModelParameter parameter) {
            return parameter.layer() == 1 && parameter.role() == ModelParameter.Role.WEIGHT;
        }
    };

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "BERT, 1, ADAPTED",
        "BERT, 2, ADAPTED",
        "BERT, 1, ALL",
        "BERT, 2, ALL",
        "ROBERTA, 1, ADAPTED",
        "ROBERTA, 2, ADAPTED",
    })
    void storedActivationsGiveTheBitsOfComputedOnes(Family family, int frozen, DropoutLayers layers) {
        Adapter adapter = frozen == 1 ? SECOND_LAYER : HEAD_ONLY;
        try (ActivationStore store = new ActivationStore(folder, 64 << 20)) {
            Trainer.Result computed = train(family, 3, adapter, layers, FrozenPrefix.computed());
            Trainer.Result filling = train(family, 3, adapter, layers, new FrozenPrefix(store, "start"));
            Trainer.Result reading = train(family, 3, adapter, layers, new FrozenPrefix(store, "start"));

            assertThat(computed.lossCurve()).hasSize(15);
            assertThat(filling.lossCurve()).isEqualTo(computed.lossCurve());
            assertThat(reading.lossCurve()).isEqualTo(computed.lossCurve());
            assertThat(SplitPredictions.sha256(filling.predictions()))
                    .isEqualTo(SplitPredictions.sha256(computed.predictions()))
                    .isEqualTo(SplitPredictions.sha256(reading.predictions()));
        }
    }

    @Test
    void theNextRunOfTheStartReadsWhatTheFirstComputed() {
        try (ActivationStore store = new ActivationStore(folder, 64 << 20)) {
            Trainer.Result own = train(Family.BERT, 4, HEAD_ONLY, DropoutLayers.ADAPTED, FrozenPrefix.computed());
            train(Family.BERT, 3, HEAD_ONLY, DropoutLayers.ADAPTED, new FrozenPrefix(store, "start"));

            // Other weights under the same name: if the store is read, the model shows the first one's activations.
            Trainer.Result misled =
                    train(Family.BERT, 4, HEAD_ONLY, DropoutLayers.ADAPTED, new FrozenPrefix(store, "start"));
            assertThat(misled.lossCurve()).isNotEqualTo(own.lossCurve());

            Trainer.Result another =
                    train(Family.BERT, 4, HEAD_ONLY, DropoutLayers.ADAPTED, new FrozenPrefix(store, "another start"));
            assertThat(another.lossCurve()).isEqualTo(own.lossCurve());
        }
    }

    @Test
    void activationsOfAnotherEpsilonAreNotTaken() {
        EncoderConfig tiny = RandomWeights.tiny(Family.BERT);
        EncoderConfig other = new EncoderConfig(
                tiny.family(),
                tiny.vocabulary(),
                tiny.hidden(),
                tiny.layers(),
                tiny.heads(),
                tiny.intermediate(),
                tiny.maxPositions(),
                tiny.tokenTypes(),
                0.5,
                tiny.activation(),
                tiny.padToken());
        try (ActivationStore store = new ActivationStore(folder, 64 << 20)) {
            train(tiny, 3, HEAD_ONLY, DropoutLayers.ADAPTED, new FrozenPrefix(store, "start"));

            assertThat(train(other, 3, HEAD_ONLY, DropoutLayers.ADAPTED, new FrozenPrefix(store, "start"))
                            .lossCurve())
                    .isEqualTo(train(other, 3, HEAD_ONLY, DropoutLayers.ADAPTED, FrozenPrefix.computed())
                            .lossCurve());
        }
    }

    @Test
    void withoutRoomTheGraphComputesEverything() {
        try (ActivationStore store = new ActivationStore(folder, 1)) {
            FrozenPrefix prefix = new FrozenPrefix(store, "start");
            assertThat(train(Family.BERT, 3, HEAD_ONLY, DropoutLayers.ADAPTED, prefix)
                            .lossCurve())
                    .isEqualTo(train(Family.BERT, 3, HEAD_ONLY, DropoutLayers.ADAPTED, FrozenPrefix.computed())
                            .lossCurve());
        }
    }

    @Test
    void aStopEndsThePassAfterTheBatchUnderWay() {
        List<Integer> computed = new ArrayList<>();
        TrainingListener stopping = new TrainingListener() {
            @Override
            public void scored(String stage, int batches) {
                computed.add(batches);
                Thread.currentThread().interrupt();
            }
        };
        try (ActivationStore store = new ActivationStore(folder, 64 << 20)) {
            FrozenPrefix prefix = new FrozenPrefix(store, "start");

            assertThatThrownBy(() -> train(
                            RandomWeights.tiny(Family.BERT), 3, HEAD_ONLY, DropoutLayers.ADAPTED, prefix, stopping))
                    .isInstanceOf(RunStopped.class);
        }
        assertThat(computed).containsExactly(1);
    }

    @Test
    void blocksBeyondMemoryLieInAFileAndKeepTheirValues() {
        int floats = 15 << 20;
        float[] values = new float[floats];
        try (ActivationStore store = new ActivationStore(folder, 512L << 20)) {
            store.find("start", "key");
            List<ActivationBlock> blocks =
                    store.take(Arrays.asList(floats, floats, floats, floats, floats, floats), Width.FLOAT32);
            assertThat(blocks).hasSize(6);
            for (int i = 0; i < blocks.size(); i++) {
                values[0] = i;
                values[floats - 1] = -i;
                blocks.get(i).put(values, 0, floats);
            }
            assertThat(folder).as("a killed process leaves no file").isEmptyDirectory();
            for (int i = 0; i < blocks.size(); i++) {
                blocks.get(i).get(values);
                assertThat(values[0]).isEqualTo(i);
                assertThat(values[floats - 1]).isEqualTo(-i);
            }
            assertThat(store.take(Arrays.asList(floats, floats, floats), Width.FLOAT32))
                    .as("beyond the bound")
                    .isNull();
            assertThat(store.take(List.of(floats), Width.FLOAT32))
                    .as("what was refused takes no room")
                    .isNotNull();
        }
        assertThat(folder).as("the file has no name").isEmptyDirectory();
    }

    @Test
    void halfTheWidthHoldsTwiceAsManyValuesRoundedToTheNearest() {
        int values = 12 << 20;
        try (ActivationStore store = new ActivationStore(folder, 64L << 20)) {
            store.find("start", "key");
            assertThat(store.take(List.of(values, values), Width.FLOAT32)).isNull();
            assertThat(store.take(List.of(values, values), Width.BFLOAT16)).hasSize(2);
        }
        try (ActivationStore store = new ActivationStore(folder, 64L << 20)) {
            store.find("start", "key");
            ActivationBlock block = store.take(List.of(7), Width.BFLOAT16).get(0);
            // 1 + 2^-8 and 1 + 3 * 2^-8 lie half-way between neighbours; the even one is taken.
            block.put(
                    new float[] {9, 1, 1.00390625f, 1.01171875f, 1.004f, -3.1415927f, Float.NaN, Float.MAX_VALUE},
                    1,
                    7);
            float[] kept = new float[7];
            block.get(kept);
            assertThat(kept)
                    .containsExactly(1, 1, 1.015625f, 1.0078125f, -3.140625f, Float.NaN, Float.POSITIVE_INFINITY);
            float[] rounded = {1, 1.00390625f, 1.01171875f, 1.004f, -3.1415927f, Float.NaN, Float.MAX_VALUE};
            Width.BFLOAT16.round(rounded);
            assertThat(rounded).containsExactly(kept);
        }
    }

    @Test
    void layersBelowTheFirstChangeAreFrozen() {
        ModelLayout layout = new ModelLayout(RandomWeights.tiny(Family.BERT), 2);
        assertThat(FrozenLayers.count(layout, HEAD_ONLY)).isEqualTo(2);
        assertThat(FrozenLayers.count(layout, SECOND_LAYER)).isEqualTo(1);
        assertThat(FrozenLayers.count(layout, adapting(1))).isEqualTo(1);
        assertThat(FrozenLayers.count(layout, adapting(0))).isZero();
        assertThat(FrozenLayers.count(layout, new Adapter() {
                    @Override
                    public boolean reparametrises(ModelParameter parameter) {
                        return parameter.role() == ModelParameter.Role.EMBEDDING;
                    }
                }))
                .isZero();
        assertThat(FrozenLayers.count(layout, new Adapter() {
                    @Override
                    public Map<String, Supplier<float[]>> replacedValues() {
                        return Map.of("encoder.layer.1.output.dense.weight", () -> new float[0]);
                    }
                }))
                .isEqualTo(1);
    }

    private static Adapter adapting(int layer) {
        return new Adapter() {
            @Override
            public boolean adapts(LinearSite site) {
                return site.layer() == layer;
            }
        };
    }

    private static Trainer.Result train(
            Family family, long weights, Adapter adapter, DropoutLayers layers, FrozenPrefix prefix) {
        return train(RandomWeights.tiny(family), weights, adapter, layers, prefix);
    }

    private static Trainer.Result train(
            EncoderConfig encoder, long weights, Adapter adapter, DropoutLayers layers, FrozenPrefix prefix) {
        return train(encoder, weights, adapter, layers, prefix, new TrainingListener() {});
    }

    private static Trainer.Result train(
            EncoderConfig encoder,
            long weights,
            Adapter adapter,
            DropoutLayers layers,
            FrozenPrefix prefix,
            TrainingListener listener) {
        TrainingSpec spec = Defaults.TRAINING.toBuilder()
                .learningRate(1e-2)
                .headLearningRate(1e-2)
                .warmupFraction(0)
                .batchSize(8)
                .maxLength(48)
                .dropoutLayers(layers)
                .build();
        Model model = new Model(new ModelLayout(encoder, 2), new RandomWeights(encoder, weights), 5);
        try (TrainingGraph graph = new TrainingGraph(model, adapter, TrainerTest.CLASSES, spec, Numerics.PORTABLE, 2)) {
            return new Trainer(
                            graph,
                            TrainerTest.TASK,
                            encoder,
                            spec,
                            "train",
                            1,
                            prefix,
                            listener,
                            TrainingCheckpoint.none())
                    .train(
                            TrainingGraphTest.examples(encoder, 1, 37),
                            List.of(),
                            List.of(new EvaluationSet("dev", TrainingGraphTest.examples(encoder, 2, 27))));
        }
    }
}
