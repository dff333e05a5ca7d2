package org.adapterbench.core.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.adapterbench.api.method.Adapter;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.RunSpec.Checkpoint;
import org.adapterbench.api.record.RunSpec.Part;
import org.adapterbench.api.record.RunSpec.TrainingSpec;
import org.adapterbench.api.task.Objective;
import org.adapterbench.api.task.TextInput;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.tokenize.HuggingFaceTextTokenizer;
import org.adapterbench.core.tokenize.TextTokenizer;
import org.adapterbench.core.tokenize.Tokens;
import org.adapterbench.core.train.Batch;
import org.adapterbench.core.train.EncodedExample;
import org.adapterbench.core.train.TrainingGraph;
import org.adapterbench.core.weights.EncoderAssets;
import org.adapterbench.core.weights.EncoderStore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our graph against ONNX Runtime on the very file that the weights come from. */
class OnnxParityTest {

    /** As the project demands: the largest difference of any hidden value. */
    private static final double ALLOWED = 5e-5;

    private static final List<TextInput> TEXTS = List.of(
            new TextInput("0", "A small boat crossed the wide river before dawn.", null),
            new TextInput("1", "Is this the way to the station?", "Yes, and the last train leaves at nine."),
            new TextInput("2", "no", null),
            new TextInput("3", "She measured the same thing twice, " + "and then once more, ".repeat(8) + "to be sure.", null),
            new TextInput("4", "Der Zug nach Zürich fällt heute aus.", "The train to Zurich does not run today."),
            new TextInput("5", "", null));

    @ParameterizedTest
    @CsvSource({
        "minilm-l6, all-minilm-l6-v2.onnx",
        "bge-small, bge-small-en-v1.5.onnx",
        "e5-small, e5-small-v2.onnx"
    })
    void hiddenStatesOnPaddedBatchesAreThoseOfOnnxRuntime(String encoder, String resource)
            throws IOException, OrtException {
        EncoderAssets assets = new EncoderStore(CacheFolder.of(System.getenv())).open(encoder);
        List<EncodedExample> examples = encode(assets);
        int longest = examples.stream().mapToInt(e -> e.tokens().length()).max().orElseThrow();
        int rows = examples.size();
        Batch batch = Batch.of(
                examples, IntStream.range(0, rows).toArray(), rows, ShapeRule.paddedLength(longest), assets.config());

        float[] ours = ours(assets, batch);
        float[] theirs = onnxRuntime(resource, batch, assets.config().hidden());

        double largest = 0;
        for (int token = 0; token < batch.mask().length; token++) {
            for (int i = 0; batch.mask()[token] == 1f && i < assets.config().hidden(); i++) {
                int index = token * assets.config().hidden() + i;
                largest = Math.max(largest, Math.abs((double) ours[index] - theirs[index]));
            }
        }
        System.out.println(encoder + ": largest difference from ONNX Runtime " + largest);
        assertThat(largest).isPositive().isLessThanOrEqualTo(ALLOWED);
    }

    private static List<EncodedExample> encode(EncoderAssets assets) {
        try (TextTokenizer tokenizer = HuggingFaceTextTokenizer.open(assets)) {
            List<Tokens> tokens = tokenizer.encode(TEXTS, 128);
            List<EncodedExample> examples = new ArrayList<>();
            for (int i = 0; i < tokens.size(); i++) {
                examples.add(new EncodedExample(TEXTS.get(i).id(), tokens.get(i), 0));
            }
            return examples;
        }
    }

    private static float[] ours(EncoderAssets assets, Batch batch) {
        Model model = new Model(new ModelLayout(assets.config(), 2), assets.weights(), 1);
        TrainingSpec spec = new TrainingSpec(
                0, 1e-3, 1e-3, 0, 32, 128, 0, false, 0, 0, 0, Part.FROZEN, Part.FROZEN, Checkpoint.LAST, 0);
        Objective objective = new Objective.Classification(List.of("a", "b"));
        try (TrainingGraph graph =
                new TrainingGraph(model, new Adapter() {}, objective, spec, Numerics.PORTABLE, 2)) {
            return graph.hiddenStates(batch);
        }
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
                    long[] values =
                            switch (name) {
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
