package org.adapterbench.methods.qrlora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.adapterbench.api.method.Adapter;
import org.adapterbench.api.method.AdapterContext;
import org.adapterbench.api.method.MethodFact;
import org.adapterbench.api.method.Settings;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.RunSpec.Part;
import org.adapterbench.api.record.RunSpec.TrainingSpec;
import org.adapterbench.contract.TinyModel;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.config.Defaults;
import org.adapterbench.core.encoder.Model;
import org.adapterbench.core.encoder.ModelLayout;
import org.adapterbench.core.tokenize.Tokens;
import org.adapterbench.core.train.Batch;
import org.adapterbench.core.train.EncodedExample;
import org.adapterbench.core.train.TrainingGraph;
import org.adapterbench.core.weights.EncoderAssets;
import org.adapterbench.core.weights.EncoderStore;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** QR-LoRA at its default settings on a real encoder, where ranks lie on both sides of 72. */
final class MiniLmTest {

    private static Model model;
    private static Adapter adapter;
    private static Batch batch;

    @BeforeAll
    static void factor() {
        EncoderAssets assets = new EncoderStore(CacheFolder.of(System.getenv())).open("minilm-l6");
        model = new Model(new ModelLayout(assets.config(), 2), assets.weights(), 1);
        QrLoraMethod method = new QrLoraMethod();
        Settings settings = Settings.resolve("test", method.settings(), Map.of());
        adapter = method.create(settings, new AdapterContext(model, model, 1));
        List<EncodedExample> examples = IntStream.range(0, 4)
                .mapToObj(i -> new EncodedExample(
                        "example-" + i,
                        new Tokens(
                                IntStream.range(0, 12)
                                        .map(k -> 1000 + 97 * i + 31 * k)
                                        .toArray(),
                                new int[12]),
                        i % 2))
                .toList();
        batch = Batch.of(examples, new int[] {0, 1, 2, 3}, 4, 12, assets.config());
    }

    /** Origin: src/test/python/minilm_ranks.py, LAPACK geqp3 in double. */
    @Test
    void ranksAndPivotsAreLapacks() {
        assertThat(facts("rank"))
                .extracting(values -> values.get(0))
                .containsExactly(80.0, 78.0, 79.0, 66.0, 77.0, 64.0, 84.0, 89.0);
        assertThat(facts("pivots"))
                .extracting(values -> values.subList(0, 3))
                .containsExactly(
                        List.of(99.0, 245.0, 18.0),
                        List.of(133.0, 150.0, 183.0),
                        List.of(245.0, 99.0, 105.0),
                        List.of(345.0, 12.0, 147.0),
                        List.of(245.0, 18.0, 33.0),
                        List.of(345.0, 105.0, 117.0),
                        List.of(283.0, 23.0, 76.0),
                        List.of(328.0, 33.0, 89.0));
    }

    @Test
    void startsAtTheBaseModelTrains617ScalarsAndMerges() {
        float[][] start;
        float[][] end;
        Map<String, float[]> merged;
        try (TrainingGraph graph = graph(adapter)) {
            assertThat(graph.trained().stream().mapToLong(p -> p.size()).sum()).isEqualTo(617);
            start = graph.logits(batch);
            for (int step = 1; step <= 3; step++) {
                graph.step(batch, step, 1, step);
            }
            end = graph.logits(batch);
            merged = adapter.merge(graph::value);
        }
        try (TrainingGraph base = graph(new Adapter() {})) {
            assertThat(start).isDeepEqualTo(base.logits(batch));
            assertThat(Arrays.deepEquals(start, end)).isFalse();
            merged.forEach(base::assign);
            float[][] folded = base.logits(batch);
            for (int i = 0; i < end.length; i++) {
                for (int j = 0; j < end[i].length; j++) {
                    assertThat(folded[i][j]).isEqualTo(end[i][j], within(1e-5f));
                }
            }
            assertThat(Math.abs(end[0][0] - start[0][0])).isGreaterThan(1e-3f);
        }
    }

    private static List<List<Double>> facts(String name) {
        return adapter.facts().stream()
                .filter(fact -> fact.name().equals(name))
                .map(MethodFact::values)
                .toList();
    }

    private static TrainingGraph graph(Adapter with) {
        TrainingSpec spec = Defaults.TRAINING.toBuilder()
                .epochs(1)
                .learningRate(0.1)
                .headLearningRate(0.1)
                .warmupFraction(0)
                .batchSize(4)
                .maxLength(12)
                .head(Part.FROZEN)
                .pooler(Part.FROZEN)
                .build();
        return new TrainingGraph(model, with, TinyModel.OBJECTIVE, spec, Numerics.PORTABLE, 2);
    }
}
