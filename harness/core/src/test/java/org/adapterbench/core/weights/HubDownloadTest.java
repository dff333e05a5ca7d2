package org.adapterbench.core.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.adapterbench.api.Sha256;
import org.adapterbench.api.UserError;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.datasets.download.DownloadListener;
import org.adapterbench.datasets.download.Endpoint;
import org.adapterbench.datasets.download.FileServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubDownloadTest {

    private static final String WEIGHTS = "/tiny/resolve/main/model.safetensors";

    @TempDir
    Path folder;

    private FileServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FileServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aHubModelEqualsItsLocalFolder() throws IOException {
        putModel("owner/tiny", "v1.0", TestResources.encoder("tiny-roberta"));

        EncoderAssets fromHub = store().open("hub:owner/tiny@v1.0");

        assertThat(fromHub.name()).isEqualTo("owner/tiny@v1.0");
        EncoderAssets local = store().open(TestResources.encoder("tiny-roberta").toString());
        assertThat(fromHub.weightsSha256()).isEqualTo(local.weightsSha256());
        assertThat(fromHub.tokenizerSha256()).isEqualTo(local.tokenizerSha256());
        assertThat(fromHub.config()).isEqualTo(local.config());
    }

    @Test
    void onceCachedTheHubIsNotAskedAgain() throws IOException {
        putModel("tiny", "main", TestResources.encoder("tiny-bert"));
        String hash = store().open("hub:tiny").weightsSha256();
        int requests = server.requests().size();

        assertThat(store().open("hub:tiny").weightsSha256()).isEqualTo(hash);

        assertThat(server.requests()).hasSize(requests);
    }

    @Test
    void aCutTransferGoesOnWhereItWasCut() throws IOException {
        putModel("tiny", "main", TestResources.encoder("tiny-bert"));
        int size = (int) Files.size(TestResources.encoder("tiny-bert").resolve("model.safetensors"));
        server.cut(WEIGHTS, size / 3);
        List<Long> progress = new ArrayList<>();

        Path fetched = download((file, done, total) -> {
                    if (file.equals("model.safetensors")) {
                        assertThat(total).isEqualTo(size);
                        progress.add(done);
                    }
                })
                .fetch(HubReference.parse("hub:tiny"));

        assertThat(fetched.resolve("model.safetensors"))
                .hasSameBinaryContentAs(TestResources.encoder("tiny-bert").resolve("model.safetensors"));
        assertThat(server.requests().stream().filter(request -> request.path().equals(WEIGHTS)))
                .extracting(FileServer.Request::range)
                .hasSize(4)
                .startsWith("")
                .contains("bytes=" + size / 3 + "-");
        assertThat(progress).isSorted().endsWith((long) size);
        try (var files = Files.list(fetched)) {
            assertThat(files).noneMatch(file -> file.toString().contains(".part"));
        }
    }

    @Test
    void changedContentIsRefusedAfterTheFirstUse() throws IOException {
        putModel("tiny", "main", TestResources.encoder("tiny-bert"));
        Path fetched = download(DownloadListener.SILENT).fetch(HubReference.parse("hub:tiny"));
        Files.delete(fetched.resolve("vocab.txt"));
        server.put("/tiny/resolve/main/vocab.txt", "other\n".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> download(DownloadListener.SILENT).fetch(HubReference.parse("hub:tiny")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(
                        "vocab.txt has 6 bytes and SHA-256 " + Sha256.ofText("other\n") + ", hub-lock.json records ");

        Files.delete(fetched.resolve("vocab.txt"));
        putModel("tiny", "main", TestResources.encoder("tiny-bert"));
        assertThat(download(DownloadListener.SILENT).fetch(HubReference.parse("hub:tiny")))
                .isEqualTo(fetched);
        server.remove("/tiny/resolve/main/vocab.txt");
        Files.delete(fetched.resolve("vocab.txt"));
        assertThatThrownBy(() -> download(DownloadListener.SILENT).fetch(HubReference.parse("hub:tiny")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("vocab.txt is gone from " + server.address());
    }

    @Test
    void filesChangedOnDiskAreRefused() throws IOException {
        putModel("tiny", "main", TestResources.encoder("tiny-bert"));
        Path fetched = download(DownloadListener.SILENT).fetch(HubReference.parse("hub:tiny"));
        byte[] weights = Files.readAllBytes(fetched.resolve("model.safetensors"));
        weights[weights.length / 2] ^= 1;
        Files.write(fetched.resolve("model.safetensors"), weights);
        assertThatThrownBy(() -> download(DownloadListener.SILENT).fetch(HubReference.parse("hub:tiny")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("model.safetensors has " + weights.length + " bytes and SHA-256 ");
    }

    @Test
    void modelsThatAreNotThereAreRefusedInOneLine() {
        assertThatThrownBy(() -> store().open("hub:none/such"))
                .isInstanceOf(UserError.class)
                .hasMessage("hub model none/such@main: not found, or without config.json, at " + server.address()
                        + "/none/such/resolve/main/config.json");
    }

    @Test
    void pickledModelsAreRefusedWithoutBeingDownloaded() throws IOException {
        Path model = TestResources.copy("tiny-bert", folder.resolve("m"));
        Files.move(model.resolve("model.safetensors"), model.resolve("pytorch_model.bin"));
        putModel("tiny", "main", model);
        assertThatThrownBy(() -> store().open("hub:tiny"))
                .isInstanceOf(UserError.class)
                .hasMessage("hub model tiny@main: holds no model.safetensors (only safetensors are read, never pickled"
                        + " weights)");
        assertThat(server.requests()).noneMatch(request -> request.path().endsWith(".bin"));
    }

    @Test
    void unsupportedModelsAreRefusedBeforeTheirWeightsAreFetched() throws IOException {
        putModel("tiny", "main", TestResources.encoder("tiny-bert"));
        server.put("/tiny/resolve/main/config.json", "{\"model_type\":\"t5\"}".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> store().open("hub:tiny"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("model_type is \"t5\" (allowed: bert, roberta)");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void redirectsToTheStoreAreFollowedAndTheAnnouncedHashEnforced() throws IOException {
        putModel("tiny", "main", TestResources.encoder("tiny-bert"));
        byte[] weights = Files.readAllBytes(TestResources.encoder("tiny-bert").resolve("model.safetensors"));
        server.put("/store/blob", weights)
                .redirect(WEIGHTS, "/store/blob")
                .announce(WEIGHTS, new Sha256().add(weights).hex());
        assertThat(store().open("hub:tiny").config().hidden()).isEqualTo(48);

        putModel("tiny", "v2", TestResources.encoder("tiny-bert"));
        server.announce("/tiny/resolve/v2/model.safetensors", Sha256.ofText("something else"));
        assertThatThrownBy(() -> store().open("hub:tiny@v2"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("not the one that the hub announces");
    }

    @ParameterizedTest
    @CsvSource({
        "'', https://huggingface.co/roberta-base/resolve/main/config.json",
        "https://mirror.example/hub, https://mirror.example/hub/roberta-base/resolve/main/config.json",
        "http://localhost:80/, http://localhost:80/roberta-base/resolve/main/config.json"
    })
    void endpointsComeFromTheEnvironment(String address, String file) {
        assertThat(Endpoint.of(Map.of("HF_ENDPOINT", address))
                        .file(HubReference.parse("hub:roberta-base").path("config.json")))
                .hasToString(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hub:", "hub:a/b/c", "hub:../x", "hub:a@", "hub:a@../b", "hub:a b", "hub:/a"})
    void malformedReferencesAreRefused(String reference) {
        assertThatThrownBy(() -> HubReference.parse(reference)).isInstanceOf(UserError.class);
    }

    @Test
    void anUnreachableHubIsNamedWithWhatHelps() {
        server.close();
        assertThatThrownBy(() -> store().open("hub:tiny"))
                .isInstanceOf(UserError.class)
                .hasMessage(server.address() + "/tiny/resolve/main/config.json: cannot reach 127.0.0.1 (no connection);"
                        + " use a local folder, another encoder, or try again");
    }

    /** Serves a folder of Hugging Face's layout as the revision of a model. */
    private void putModel(String model, String revision, Path files) throws IOException {
        try (var all = Files.list(files)) {
            for (Path file : all.toList()) {
                server.put("/" + model + "/resolve/" + revision + "/" + file.getFileName(), Files.readAllBytes(file));
            }
        }
    }

    private EncoderStore store() {
        return new EncoderStore(
                new CacheFolder(folder.resolve("cache")),
                Map.of("HF_ENDPOINT", server.address()),
                DownloadListener.SILENT,
                System.err::println);
    }

    private HubDownload download(DownloadListener listener) {
        return new HubDownload(endpoint(), folder.resolve("hub"), listener);
    }

    private Endpoint endpoint() {
        return Endpoint.of(Map.of("HF_ENDPOINT", server.address()));
    }
}
