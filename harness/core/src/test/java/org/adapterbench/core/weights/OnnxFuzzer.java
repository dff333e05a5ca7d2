package org.adapterbench.core.weights;

import java.util.List;
import java.util.Optional;
import org.adapterbench.api.damage.Refusal;

/** Entry of the fuzzer ({@code make fuzz}) for ONNX files. */
public final class OnnxFuzzer {

    private OnnxFuzzer() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        read(bytes);
    }

    /** The line of a refusal; empty when all tensors could be read. */
    static Optional<String> read(byte[] bytes) {
        return Refusal.of(() -> {
            OnnxWeights weights = OnnxWeights.parse("model.onnx", bytes);
            for (String name : weights.names()) {
                weights.shape(name);
                weights.values(name);
            }
            return weights;
        });
    }

    /** Sound inputs. */
    public static List<byte[]> seeds() {
        return List.of(OnnxWeightsTest.smallModel());
    }
}
