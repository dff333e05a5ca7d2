package org.adapterbench.core.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.train.Batch;
import org.adapterbench.core.weights.EncoderAssets;
import org.adapterbench.core.weights.EncoderStore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our graph against ONNX Runtime on the very file that the weights come from. */
class OnnxParityTest {

    /** As the project demands: the largest difference of any hidden value. */
    private static final double ALLOWED = 5e-5;

    @ParameterizedTest
    @CsvSource({"minilm-l6, all-minilm-l6-v2.onnx", "bge-small, bge-small-en-v1.5.onnx", "e5-small, e5-small-v2.onnx"})
    void hiddenStatesOnPaddedBatchesAreThoseOfOnnxRuntime(String encoder, String resource)
            throws IOException, OrtException {
        EncoderAssets assets = new EncoderStore(CacheFolder.of(System.getenv())).open(encoder);
        HiddenStates ours = HiddenStates.of(assets, 0);

        double largest = ours.largestDifference(
                onnxRuntime(resource, ours.batch(), assets.config().hidden()));

        System.out.println(encoder + ": largest difference from ONNX Runtime " + largest);
        assertThat(largest).isPositive().isLessThanOrEqualTo(ALLOWED);
    }

    private static float[] onnxRuntime(String resource, Batch batch, int hidden) throws IOException, OrtException {
        byte[] bytes;
        try (InputStream in = OnnxParityTest.class.getClassLoader().getResourceAsStream(resource)) {
            bytes = in.readAllBytes();
        }
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            try (OrtSession session = environment.createSession(bytes, options)) {
                long[] shape = {batch.rows(), batch.length()};
                Map<String, OnnxTensor> inputs = new HashMap<>();
                for (String name : session.getInputNames()) {
                    long[] values = switch (name) {
                        case "input_ids" -> longs(batch.tokens());
                        case "attention_mask" -> longs(batch.mask());
                        case "token_type_ids" -> longs(batch.types());
                        default -> throw new IllegalStateException("unexpected input " + name);
                    };
                    inputs.put(name, OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape));
                }
                try (OrtSession.Result result = session.run(inputs)) {
                    OnnxTensor states = (OnnxTensor) result.get(0);
                    float[] values = new float[batch.rows() * batch.length() * hidden];
                    states.getFloatBuffer().get(values);
                    return values;
                } finally {
                    inputs.values().forEach(OnnxTensor::close);
                }
            }
        }
    }

    private static long[] longs(int[] values) {
        return IntStream.of(values).asLongStream().toArray();
    }

    private static long[] longs(float[] values) {
        long[] result = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = (long) values[i];
        }
        return result;
    }
}
