package org.adapterbench.core.weights;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The tensors that an encoder consists of: canonical name to shape.
 *
 * @param required without one of these a checkpoint is refused
 * @param optional taken where the checkpoint has them, newly initialised where not
 */
public record EncoderTensors(SortedMap<String, List<Integer>> required, SortedMap<String, List<Integer>> optional) {

    public EncoderTensors {
        required = Collections.unmodifiableSortedMap(new TreeMap<>(required));
        optional = Collections.unmodifiableSortedMap(new TreeMap<>(optional));
    }

    public static EncoderTensors of(EncoderConfig config) {
        int hidden = config.hidden();
        SortedMap<String, List<Integer>> required = new TreeMap<>();
        required.put("embeddings.word_embeddings.weight", List.of(config.vocabulary(), hidden));
        required.put("embeddings.position_embeddings.weight", List.of(config.maxPositions(), hidden));
        required.put("embeddings.token_type_embeddings.weight", List.of(config.tokenTypes(), hidden));
        layerNorm(required, "embeddings.LayerNorm", hidden);
        for (int layer = 0; layer < config.layers(); layer++) {
            String prefix = "encoder.layer." + layer + ".";
            linear(required, prefix + "attention.self.query", hidden, hidden);
            linear(required, prefix + "attention.self.key", hidden, hidden);
            linear(required, prefix + "attention.self.value", hidden, hidden);
            linear(required, prefix + "attention.output.dense", hidden, hidden);
            layerNorm(required, prefix + "attention.output.LayerNorm", hidden);
            linear(required, prefix + "intermediate.dense", config.intermediate(), hidden);
            linear(required, prefix + "output.dense", hidden, config.intermediate());
            layerNorm(required, prefix + "output.LayerNorm", hidden);
        }
        SortedMap<String, List<Integer>> optional = new TreeMap<>();
        // RoBERTa's classification head has a dense layer of its own and never looks at a pooler.
        if (config.family() == EncoderConfig.Family.BERT) {
            linear(optional, "pooler.dense", hidden, hidden);
        }
        return new EncoderTensors(required, optional);
    }

    private static void linear(SortedMap<String, List<Integer>> shapes, String module, int out, int in) {
        shapes.put(module + ".weight", List.of(out, in));
        shapes.put(module + ".bias", List.of(out));
    }

    private static void layerNorm(SortedMap<String, List<Integer>> shapes, String module, int width) {
        shapes.put(module + ".weight", List.of(width));
        shapes.put(module + ".bias", List.of(width));
    }
}
