package org.adapterbench.core.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.adapterbench.api.method.Adapter;
import org.adapterbench.api.method.ModelParameter;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.RunSpec.Checkpoint;
import org.adapterbench.api.record.RunSpec.DropoutLayers;
import org.adapterbench.api.record.RunSpec.Part;
import org.adapterbench.api.record.RunSpec.TrainingSpec;
import org.adapterbench.api.task.Objective;
import org.adapterbench.core.tokenize.Tokens;
import org.adapterbench.core.train.Batch;
import org.adapterbench.core.train.EncodedExample;
import org.adapterbench.core.train.TrainingGraph;
import org.adapterbench.core.weights.EncoderConfig;
import org.adapterbench.core.weights.EncoderConfig.Activation;
import org.adapterbench.core.weights.EncoderConfig.Family;
import org.adapterbench.core.weights.SafeTensors;
import org.adapterbench.core.weights.WeightSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Hidden states, logits, loss and gradients of tiny random models against values that the reference
 * implementation computed ({@code make_tiny_models.py} beside the models).
 */
class ReferenceModelTest {

    /** fp32 sums of at most a few hundred terms of order 1, in another order: some 1e-6. */
    private static final float ROUNDING = 2e-5f;

    @ParameterizedTest
    @EnumSource(Family.class)
    void hiddenStatesLogitsAndGradientsAreTheReferences(Family family) throws IOException {
        Path folder = Path.of(System.getProperty("adapterbench.root"))
                .resolve("harness/core/src/test/resources/org/adapterbench/core/encoder")
                .resolve(family == Family.BERT ? "tiny-bert" : "tiny-roberta");
        JsonNode expected = new ObjectMapper().readTree(folder.resolve("expected.json").toFile());
        JsonNode config = new ObjectMapper().readTree(folder.resolve("config.json").toFile());
        EncoderConfig encoder = config(family, config);
        WeightSource weights =
                new Unprefixed(SafeTensors.open(folder.resolve("model.safetensors")), family == Family.BERT ? "bert." : "roberta.");
        Model model = new Model(new ModelLayout(encoder, 3), weights, 0);
        Objective objective = new Objective.Classification(List.of("a", "b", "c"));
        TrainingSpec spec = new TrainingSpec(
                1, 1e-3, 1e-3, 0, 4, 64, 0, false, 0, 0, DropoutLayers.ALL, Part.TRAINED, Part.TRAINED, Checkpoint.LAST, 0);
        List<EncodedExample> examples = examples(expected);
        int length = expected.get("ids").get(0).size();
        Batch batch = Batch.of(examples, IntStream.range(0, 4).toArray(), 4, length, encoder);

        try (TrainingGraph graph = new TrainingGraph(model, new All(), objective, spec, Numerics.FAST, 2)) {
            assertHiddenStates(graph.hiddenStates(batch), expected, encoder.hidden());
            float[][] logits = graph.logits(batch);
            for (int i = 0; i < 4; i++) {
                assertThat(logits[i]).containsExactly(floats(expected.get("logits").get(i)), offset(ROUNDING));
            }
            TrainingGraph.Gradients gradients = graph.gradients(batch, 0);
            assertThat(gradients.loss()).isCloseTo((float) expected.get("loss").doubleValue(), offset(ROUNDING));
            expected.get("gradients").properties().forEach(entry -> assertThat(
                            gradients.byParameter().get(entry.getKey()))
                    .as(entry.getKey())
                    .containsExactly(floats(entry.getValue().get("values")), offset(ROUNDING)));
        }
    }

    private static void assertHiddenStates(float[] actual, JsonNode expected, int hidden) {
        float[] reference = floats(expected.get("lastHiddenState"));
        assertThat(actual).hasSameSizeAs(reference);
        List<Integer> mask = new ArrayList<>();
        expected.get("mask").forEach(row -> row.forEach(m -> mask.add(m.intValue())));
        for (int i = 0; i < actual.length; i++) {
            if (mask.get(i / hidden) == 1) {
                assertThat(actual[i]).isCloseTo(reference[i], offset(ROUNDING));
            }
        }
    }

    private static List<EncodedExample> examples(JsonNode expected) {
        List<EncodedExample> examples = new ArrayList<>();
        for (int i = 0; i < expected.get("ids").size(); i++) {
            int filled = IntStream.of(ints(expected.get("mask").get(i))).sum();
            Tokens tokens = new Tokens(
                    Arrays.copyOf(ints(expected.get("ids").get(i)), filled),
                    Arrays.copyOf(ints(expected.get("types").get(i)), filled));
            examples.add(new EncodedExample("e" + i, tokens, expected.get("labels").get(i).intValue()));
        }
        return examples;
    }

    private static EncoderConfig config(Family family, JsonNode json) {
        return new EncoderConfig(
                family,
                json.get("vocab_size").intValue(),
                json.get("hidden_size").intValue(),
                json.get("num_hidden_layers").intValue(),
                json.get("num_attention_heads").intValue(),
                json.get("intermediate_size").intValue(),
                json.get("max_position_embeddings").intValue(),
                json.get("type_vocab_size").intValue(),
                json.get("layer_norm_eps").doubleValue(),
                Activation.GELU,
                json.get("pad_token_id").intValue());
    }

    private static float[] floats(JsonNode array) {
        float[] values = new float[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) array.get(i).doubleValue();
        }
        return values;
    }

    private static int[] ints(JsonNode array) {
        int[] values = new int[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).intValue();
        }
        return values;
    }

    /** Trains everything. */
    private static final class All implements Adapter {
        @Override
        public boolean trains(ModelParameter parameter) {
            return true;
        }
    }

    /** Names without the model prefix. */
    private record Unprefixed(WeightSource source, String prefix) implements WeightSource {
        @Override
        public SortedSet<String> names() {
            SortedSet<String> names = new TreeSet<>();
            source.names().forEach(n -> names.add(n.startsWith(prefix) ? n.substring(prefix.length()) : n));
            return names;
        }

        @Override
        public List<Integer> shape(String name) {
            return source.shape(original(name));
        }

        @Override
        public float[] values(String name) {
            return source.values(original(name));
        }

        private String original(String name) {
            return source.names().contains(name) ? name : prefix + name;
        }
    }
}
