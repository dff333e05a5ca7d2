package org.adapterbench.cli;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The smallest BERT that loads: one layer, vectors of two, all zeros; eight words, eight positions, two types. */
final class TinyWeights {

    private TinyWeights() {}

    /** A safetensors file. */
    static byte[] bert() {
        return bertWith();
    }

    /** A safetensors file that ends with NaN, in a bias. */
    static byte[] bertWithNaN() {
        byte[] file = bert();
        return ByteBuffer.wrap(file)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(file.length - Float.BYTES, Float.NaN)
                .array();
    }

    /** @param others more tensors: name and sizes, separated by blanks */
    static byte[] bertWith(String... others) {
        List<String> entries = new ArrayList<>();
        int end = 0;
        List<String> tensors = tensors();
        tensors.addAll(List.of(others));
        for (String tensor : tensors) {
            String[] parts = tensor.split(" ");
            int begin = end;
            int rows = Integer.parseInt(parts[1]);
            end = begin + Float.BYTES * rows * (parts.length == 3 ? Integer.parseInt(parts[2]) : 1);
            entries.add("\"%s\":{\"dtype\":\"F32\",\"shape\":[%s],\"data_offsets\":[%d,%d]}"
                    .formatted(parts[0], parts.length == 3 ? parts[1] + "," + parts[2] : parts[1], begin, end));
        }
        byte[] header = ("{" + String.join(",", entries) + "}").getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + header.length + end)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .put(header)
                .array();
    }

    private static List<String> tensors() {
        List<String> tensors = new ArrayList<>();
        tensors.add("embeddings.word_embeddings.weight 8 2");
        tensors.add("embeddings.position_embeddings.weight 8 2");
        tensors.add("embeddings.token_type_embeddings.weight 2 2");
        addPair(tensors, "embeddings.LayerNorm", "2");
        String layer = "encoder.layer.0.";
        for (String dense : List.of(
                "attention.self.query",
                "attention.self.key",
                "attention.self.value",
                "attention.output.dense",
                "intermediate.dense",
                "output.dense")) {
            addPair(tensors, layer + dense, "2 2");
        }
        addPair(tensors, layer + "attention.output.LayerNorm", "2");
        addPair(tensors, layer + "output.LayerNorm", "2");
        return tensors;
    }

    private static void addPair(List<String> tensors, String name, String shape) {
        tensors.add(name + ".weight " + shape);
        tensors.add(name + ".bias 2");
    }
}
