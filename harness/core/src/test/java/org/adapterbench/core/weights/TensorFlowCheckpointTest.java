package org.adapterbench.core.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipFile;
import org.adapterbench.api.UserError;
import org.adapterbench.core.CacheFolder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.EagerSession;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The checkpoints of these tests are written and read back by TensorFlow itself. */
class TensorFlowCheckpointTest {

    @TempDir
    Path folder;

    @Test
    void variablesAreThoseThatTensorFlowWrote() {
        // Enough variables, with long common prefixes, for the index to need its prefix compression.
        SortedMap<String, List<Integer>> shapes = new TreeMap<>();
        for (int layer = 0; layer < 40; layer++) {
            shapes.put("module/bert/encoder/layer_" + layer + "/output/dense/kernel", List.of(3, 2));
            shapes.put("module/bert/encoder/layer_" + layer + "/output/dense/bias", List.of(2));
        }
        MapWeights written = MapWeights.random(shapes, 5);
        TensorFlowCheckpoint checkpoint = TensorFlowCheckpoint.open(save(written));

        assertThat(checkpoint.names()).isEqualTo(written.names());
        assertThat(checkpoint.shape("module/bert/encoder/layer_7/output/dense/kernel"))
                .containsExactly(2, 3);
        float[] kernel = written.values("module/bert/encoder/layer_7/output/dense/kernel");
        assertThat(checkpoint.values("module/bert/encoder/layer_7/output/dense/kernel"))
                .containsExactly(kernel[0], kernel[2], kernel[4], kernel[1], kernel[3], kernel[5]);
        assertThat(checkpoint.values("module/bert/encoder/layer_39/output/dense/bias"))
                .containsExactly(written.values("module/bert/encoder/layer_39/output/dense/bias"));
    }

    @ParameterizedTest
    @CsvSource({
        "module/bert/embeddings/word_embeddings, embeddings.word_embeddings.weight",
        "module/bert/embeddings/LayerNorm/gamma, embeddings.LayerNorm.weight",
        "bert/encoder/layer_11/attention/self/query/kernel, encoder.layer.11.attention.self.query.weight",
        "bert/encoder/layer_0/output/LayerNorm/beta, encoder.layer.0.output.LayerNorm.bias",
        "module/bert/pooler/dense/bias, pooler.dense.bias",
        "module/cls/predictions/output_bias, module.cls.predictions.output_bias"
    })
    void namesAreHuggingFaces(String variable, String canonical) {
        assertThat(TensorFlowCheckpoint.canonicalName(variable)).isEqualTo(canonical);
    }

    @Test
    void aBertCheckpointIsTheSameBertAsItsHuggingFaceFolder() {
        LoadedEncoder bert =
                HuggingFaceFolder.at(TestResources.encoder("tiny-bert")).load();
        MapWeights variables = new MapWeights().put("module/cls/predictions/output_bias", List.of(1), 1f);
        for (String name : bert.weights().names()) {
            List<Integer> shape = bert.weights().shape(name);
            boolean kernel = name.matches(".*(dense|query|key|value)\\.weight");
            String variable = "module/bert/"
                    + name.replace("LayerNorm.weight", "LayerNorm.gamma")
                            .replace("LayerNorm.bias", "LayerNorm.beta")
                            .replaceFirst("embeddings\\.weight$", "embeddings")
                            .replaceFirst("(dense|query|key|value)\\.weight$", "$1.kernel")
                            .replaceFirst("layer\\.(\\d)", "layer_$1")
                            .replace('.', '/');
            float[] values = bert.weights().values(name);
            variables.put(
                    variable,
                    kernel ? List.of(shape.get(1), shape.get(0)) : shape,
                    kernel ? OnnxWeights.transpose(values, shape.get(0), shape.get(1)) : values);
        }

        CanonicalWeights weights = CanonicalWeights.select(
                "test", bert.config(), TensorFlowCheckpoint.open(save(variables)), TensorFlowCheckpoint::canonicalName);

        assertThat(WeightsHash.of(weights)).isEqualTo(WeightsHash.of(bert.weights()));
        assertThat(weights.report().unused()).containsExactly("module/cls/predictions/output_bias");
    }

    @Test
    void aChangedByteAnywhereIsNoticed() throws IOException {
        Path prefix = save(new MapWeights().put("a", List.of(2), 1f, 2f).put("b", List.of(1), 3f));
        Path index = Path.of(prefix + ".index");
        byte[] sound = Files.readAllBytes(index);
        assertThat(TensorFlowCheckpoint.open(prefix).values("a")).containsExactly(1f, 2f);
        for (int i = 0; i < sound.length - 48; i++) {
            byte[] damaged = sound.clone();
            damaged[i] ^= 0x10;
            Files.write(index, damaged);
            // The block of meta data, which nothing uses, is empty and right before the index block.
            if (!isInMetaBlock(sound, i)) {
                assertThatThrownBy(() -> TensorFlowCheckpoint.open(prefix))
                        .as("byte %d of %d", i, sound.length)
                        .isInstanceOf(UserError.class);
            }
        }
        Files.write(index, sound);
        Path data = Path.of(prefix + ".data-00000-of-00001");
        byte[] values = Files.readAllBytes(data);
        values[5] ^= 1;
        Files.write(data, values);
        TensorFlowCheckpoint changed = TensorFlowCheckpoint.open(prefix);
        assertThat(changed.values("b")).containsExactly(3f);
        assertThatThrownBy(() -> changed.values("a"))
                .isInstanceOf(UserError.class)
                .hasMessage(data + ": variable a has a wrong checksum (damaged file)");
    }

    /** The footer begins with the handle of the meta block: offset and size, each one to two bytes here. */
    private static boolean isInMetaBlock(byte[] table, int position) {
        int footer = table.length - 48;
        int offset = table[footer] & 0x7f;
        int next = footer + 1;
        if (table[footer] < 0) {
            offset |= (table[next++] & 0x7f) << 7;
        }
        return position >= offset && position < offset + table[next] + 5;
    }

    @Test
    void truncatedCheckpointsAreRefused() throws IOException {
        Path prefix = save(new MapWeights().put("a", List.of(2), 1f, 2f));
        Path index = Path.of(prefix + ".index");
        Path data = Path.of(prefix + ".data-00000-of-00001");
        byte[] sound = Files.readAllBytes(index);
        for (int length = 0; length < sound.length; length++) {
            Files.write(index, Arrays.copyOf(sound, length));
            assertThatThrownBy(() -> TensorFlowCheckpoint.open(prefix))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("not a checkpoint index");
        }
        Files.write(index, sound);
        Files.write(data, Arrays.copyOf(Files.readAllBytes(data), 7));
        assertThatThrownBy(() -> TensorFlowCheckpoint.open(prefix))
                .isInstanceOf(UserError.class)
                .hasMessage(data + ": variable a is not whole in this file (truncated?)");
        Files.delete(data);
        assertThatThrownBy(() -> TensorFlowCheckpoint.open(prefix)).isInstanceOf(UserError.class);
    }

    @ParameterizedTest
    @Tag("large")
    @CsvSource({"bert-base-uncased, 30522", "bert-base-cased, 28996"})
    void bertBaseIsWhatTensorFlowRestoresFromTheArtifact(String name, int vocabulary) throws IOException {
        Path artifacts = CacheFolder.of(System.getenv()).artifacts();
        KnownEncoder known = KnownEncoder.named(name).orElseThrow();
        KnownEncoder.CheckpointArtifact origin = (KnownEncoder.CheckpointArtifact) known.origin();
        assumeThat(origin.artifact().jar(artifacts))
                .as("SKIPPED: %s", ArtifactSource.remedy(known))
                .exists();
        CheckpointSource source = new CheckpointSource(known, origin, artifacts);

        LoadedEncoder loaded = source.load();

        assertThat(loaded.config().vocabulary()).isEqualTo(vocabulary);
        assertThat(loaded.weights().report().loaded()).hasSize(5 + 12 * 16 + 2);
        assertThat(loaded.weights().report().missing()).isEmpty();
        try (var left = Files.list(artifacts)) {
            assertThat(left).noneMatch(file -> file.toString().contains("unpacked"));
        }
        Path prefix = unpack(origin.artifact().jar(artifacts), origin.zip());
        String query = "bert/encoder/layer_11/attention/self/query/kernel";
        // By AssertJ's comparison of arrays these millions of values would take minutes.
        assertThat(Arrays.equals(
                        loaded.weights().values("encoder.layer.11.attention.self.query.weight"),
                        OnnxWeights.transpose(restore(prefix, "module/" + query), 768, 768)))
                .isTrue();
        assertThat(Arrays.equals(
                        loaded.weights().values("embeddings.word_embeddings.weight"),
                        restore(prefix, "module/bert/embeddings/word_embeddings")))
                .isTrue();
    }

    private Path unpack(Path jar, String zip) throws IOException {
        Path inner = folder.resolve("inner.zip");
        try (ZipFile outer = new ZipFile(jar.toFile());
                InputStream in = outer.getInputStream(outer.getEntry(zip))) {
            Files.copy(in, inner);
        }
        try (ZipFile saved = new ZipFile(inner.toFile())) {
            for (String file : List.of("variables.index", "variables.data-00000-of-00001")) {
                try (InputStream in = saved.getInputStream(saved.getEntry("variables/" + file))) {
                    Files.copy(in, folder.resolve(file));
                }
            }
        }
        return folder.resolve("variables");
    }

    private static float[] restore(Path prefix, String variable) {
        try (EagerSession session = EagerSession.create()) {
            Ops tf = Ops.create(session);
            TFloat32 tensor = (TFloat32) tf.train
                    .restore(
                            tf.constant(prefix.toString()),
                            tf.constant(NdArrays.vectorOfObjects(variable)),
                            tf.constant(NdArrays.vectorOfObjects("")),
                            List.of(TFloat32.class))
                    .tensors()
                    .get(0)
                    .asTensor();
            float[] values = new float[(int) tensor.size()];
            tensor.asRawTensor().data().asFloats().read(values);
            return values;
        }
    }

    private Path save(MapWeights weights) {
        Path prefix = folder.resolve("variables");
        try (EagerSession session = EagerSession.create()) {
            Ops tf = Ops.create(session);
            String[] names = weights.names().toArray(String[]::new);
            String[] whole = new String[names.length];
            Arrays.fill(whole, "");
            List<Operand<?>> tensors = Arrays.stream(names)
                    .<Operand<?>>map(name -> tf.constant(
                            Shape.of(weights.shape(name).stream()
                                    .mapToLong(Integer::longValue)
                                    .toArray()),
                            DataBuffers.of(weights.values(name))))
                    .toList();
            tf.train.save(
                    tf.constant(prefix.toString()),
                    tf.constant(NdArrays.vectorOfObjects(names)),
                    tf.constant(NdArrays.vectorOfObjects(whole)),
                    tensors);
        }
        return prefix;
    }
}
