package org.adapterbench.core.encoder;

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

/** A tiny random model of which the reference implementation's values are stored beside it, and its batch. */
record ReferenceModel(Path folder, Family family, EncoderConfig encoder, JsonNode expected) {

    static ReferenceModel read(Family family) throws IOException {
        Path folder = Path.of(System.getProperty("adapterbench.root"))
                .resolve("harness/core/src/test/resources/org/adapterbench/core/encoder")
                .resolve(family == Family.BERT ? "tiny-bert" : "tiny-roberta");
        return new ReferenceModel(
                folder, family, config(family, json(folder, "config.json")), json(folder, "expected.json"));
    }

    private static JsonNode json(Path folder, String name) throws IOException {
        return new ObjectMapper().readTree(folder.resolve(name).toFile());
    }

    JsonNode json(String name) throws IOException {
        return json(folder, name);
    }

    /** The stored batch of four texts. */
    Batch batch() {
        int length = expected.get("ids").get(0).size();
        return Batch.of(examples(), IntStream.range(0, 4).toArray(), 4, length, encoder);
    }

    /** Every parameter trains; three classes. */
    TrainingGraph graph(TrainingSpec spec, Numerics numerics) {
        WeightSource weights = new Unprefixed(
                SafeTensors.open(folder.resolve("model.safetensors")), family == Family.BERT ? "bert." : "roberta.");
        Model model = new Model(new ModelLayout(encoder, 3), weights, 0);
        Objective objective = new Objective.Classification(List.of("a", "b", "c"));
        return new TrainingGraph(model, new All(), objective, spec, numerics, 2);
    }

    private List<EncodedExample> examples() {
        List<EncodedExample> examples = new ArrayList<>();
        for (int i = 0; i < expected.get("ids").size(); i++) {
            int filled = IntStream.of(ints(expected.get("mask").get(i))).sum();
            Tokens tokens = new Tokens(
                    Arrays.copyOf(ints(expected.get("ids").get(i)), filled),
                    Arrays.copyOf(ints(expected.get("types").get(i)), filled));
            examples.add(new EncodedExample(
                    "e" + i, tokens, expected.get("labels").get(i).intValue()));
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
