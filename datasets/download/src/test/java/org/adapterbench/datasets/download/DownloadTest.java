package org.adapterbench.datasets.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.adapterbench.api.Sha256;
import org.adapterbench.api.UserError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DownloadTest {

    @TempDir
    private Path folder;

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
    void anInterruptedDownloadIsResumedByTheNextCall() throws IOException {
        byte[] content = random(100_000);
        server.put("/f", content).cut("/f", 10_000);
        Path target = folder.resolve("f");
        assertThatThrownBy(() -> download().fetch(address("/f"), target, 1_000_000))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("transfer broke after 50000 bytes")
                .hasMessageContaining("the same command goes on from there");
        server.cut("/f", Integer.MAX_VALUE);

        assertThat(download().fetch(address("/f"), target, 1_000_000)).isTrue();

        assertThat(target).hasBinaryContent(content);
        assertThat(server.requests().get(5).range()).isEqualTo("bytes=50000-");
    }

    @Test
    void aTransferThatFallsSilentCountsAsBroken() {
        server.put("/f", random(100_000)).cut("/f", 10_000).stallInsteadOfCutting();
        Download impatient = download(new Timing(Duration.ofMillis(200), Duration.ZERO));
        URI uri = address("/f");
        assertThatThrownBy(() -> impatient.fetch(uri, folder.resolve("f"), 1_000_000))
                .isInstanceOf(UserError.class)
                .hasMessageEndingWith("nothing arrived for 200 ms (the same command goes on from there); a hint");
    }

    @Test
    void aFileThatChangedDuringTheDownloadIsFetchedFromItsBeginning() throws IOException {
        server.put("/f", random(100_000)).cut("/f", 10_000);
        Path target = folder.resolve("f");
        URI uri = address("/f");
        assertThatThrownBy(() -> download().fetch(uri, target, 1_000_000)).isInstanceOf(UserError.class);
        byte[] other = random(100_001);
        server.put("/f", other).cut("/f", Integer.MAX_VALUE);

        download().fetch(uri, target, 1_000_000);

        assertThat(target).hasBinaryContent(other);
    }

    @Test
    void serversWithoutRangesAndFinishedPartsAreSurvived() throws IOException {
        byte[] content = random(5000);
        URI uri = address("/f");
        server.put("/f", content);
        Files.write(folder.resolve("f.part"), content);
        Files.writeString(folder.resolve("f.part.etag"), "");
        download().fetch(uri, folder.resolve("f"), 5000);
        assertThat(folder.resolve("f")).hasBinaryContent(content);

        server.withoutRanges();
        Files.write(folder.resolve("g.part"), random(70));
        Files.writeString(folder.resolve("g.part.etag"), "");
        download().fetch(uri, folder.resolve("g"), 5000);
        assertThat(folder.resolve("g")).hasBinaryContent(content);
    }

    @Test
    void endlessRedirectsAndOtherHostsWithoutHttpsAreRefused() {
        server.redirect("/loop", "/loop").redirect("/away", "http://192.0.2.1/x");
        assertThatThrownBy(() -> download().fetch(address("/loop"), folder.resolve("f"), 9))
                .isInstanceOf(UserError.class)
                .hasMessageEndingWith("redirected more than 5 times; a hint");
        assertThatThrownBy(() -> download().fetch(address("/away"), folder.resolve("f"), 9))
                .isInstanceOf(UserError.class)
                .hasMessage("http://192.0.2.1/x: refused: not HTTPS");
    }

    @Test
    void filesAboveTheLimitAreRefused() {
        server.put("/f", random(1001));
        assertThatThrownBy(() -> download().fetch(address("/f"), folder.resolve("f"), 1000))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("has at least 1001 bytes (allowed: 1000)");
        assertThat(folder.resolve("f")).doesNotExist();
        assertThat(folder.resolve("f.part")).as("nothing is fetched in vain").doesNotExist();
    }

    @Test
    void unreachableServersAreNamed() {
        URI uri = address("/f");
        server.close();
        assertThatThrownBy(() -> download().fetch(uri, folder.resolve("f"), 1000))
                .isInstanceOf(UserError.class)
                .hasMessage(uri + ": cannot reach 127.0.0.1 (no connection); a hint");
    }

    @Test
    void theTargetsFolderIsMadeAndAMissingFileIsNoError() {
        byte[] content = random(70);
        server.put("/f", content);
        Path target = folder.resolve("a").resolve("b");
        assertThat(download().fetch(address("/none"), target, 70)).isFalse();
        assertThat(target).doesNotExist();
        assertThat(download().fetch(address("/f"), target, 70)).isTrue();
        assertThat(target).hasBinaryContent(content);
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> download().fetch(address("/f"), file.resolve("f"), 70))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith(file + ": cannot be made: ")
                .hasMessageEndingWith(" (allowed: a folder that can be written)");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aPartOfUnknownContentIsNotBuiltOn() throws IOException {
        byte[] content = random(5000);
        server.put("/f", content);
        Files.write(folder.resolve("f.part"), random(70));
        download().fetch(address("/f"), folder.resolve("f"), 5000);
        assertThat(folder.resolve("f")).hasBinaryContent(content);
        assertThat(server.requests()).extracting(FileServer.Request::range).containsExactly("");
    }

    @Test
    void aRestThatBeginsElsewhereIsNotGluedOn() throws IOException {
        byte[] content = random(5000);
        server.put("/f", content).misplaceRests(1);
        Files.write(folder.resolve("f.part"), Arrays.copyOf(content, 70));
        Files.writeString(folder.resolve("f.part.etag"), "");
        download().fetch(address("/f"), folder.resolve("f"), 5000);
        assertThat(folder.resolve("f")).hasBinaryContent(content);
        assertThat(server.requests()).extracting(FileServer.Request::range).containsExactly("bytes=70-", "");
    }

    @Test
    void aBusyServerIsAskedAgain() {
        byte[] content = random(5000);
        server.put("/f", content).refuse(429, 500, 503, 504);
        assertThat(download().fetch(address("/f"), folder.resolve("f"), 5000)).isTrue();
        assertThat(folder.resolve("f")).hasBinaryContent(content);
    }

    @Test
    void aServerThatStaysBusyIsGivenUp() {
        server.put("/f", random(70)).refuse(503, 503, 503, 503, 503);
        assertThatThrownBy(() -> download().fetch(address("/f"), folder.resolve("f"), 70))
                .isInstanceOf(UserError.class)
                .hasMessage(address("/f") + ": the server answers 503 after 5 attempts; a hint");
        assertThat(server.requests()).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 410, 416, 206, 304})
    void otherAnswersAreRefusedAtOnce(int status) {
        server.put("/f", random(70)).refuse(status);
        assertThatThrownBy(() -> download().fetch(address("/f"), folder.resolve("f"), 70))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith(address("/f") + ": the server answers " + status)
                .hasMessageEndingWith("; a hint");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aSizeThatIsOnlySeenOnTheWayIsLimitedToo() {
        // Sent in chunks, that is without a length.
        server.put("/f", random(1001)).claim("/f", 0);
        assertThatThrownBy(() -> download().fetch(address("/f"), folder.resolve("f"), 1000))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("has at least 1001 bytes (allowed: 1000)");
        assertThat(folder.resolve("f")).doesNotExist();
    }

    @Test
    void theHashAnnouncedWithARedirectIsEnforced() {
        byte[] content = random(5000);
        server.put("/store/blob", content).redirect("/f", "/store/blob");
        server.announce("/f", new Sha256().add(content).hex());
        assertThat(download().fetch(address("/f"), folder.resolve("f"), 5000)).isTrue();
        assertThat(folder.resolve("f")).hasBinaryContent(content);

        server.announce("/f", Sha256.ofText("something else"));
        assertThatThrownBy(() -> download().fetch(address("/f"), folder.resolve("g"), 5000))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("not the one that the hub announces");
        assertThat(folder.resolve("g")).doesNotExist();
        assertThat(folder.resolve("g.part")).doesNotExist();
    }

    private Download download() {
        return download(new Timing(Duration.ofSeconds(60), Duration.ZERO));
    }

    private Download download(Timing timing) {
        Endpoint endpoint = Endpoint.of(Map.of("HF_ENDPOINT", server.address()));
        return new Download(endpoint, DownloadListener.SILENT, "a hint", timing);
    }

    private URI address(String path) {
        return URI.create(server.address() + path);
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
