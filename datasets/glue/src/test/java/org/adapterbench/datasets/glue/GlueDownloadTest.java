package org.adapterbench.datasets.glue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.adapterbench.api.Sha256;
import org.adapterbench.api.UserError;
import org.adapterbench.api.task.ContentHash;
import org.adapterbench.api.task.LabelledExample;
import org.adapterbench.api.task.LabelledSplit;
import org.adapterbench.api.task.Objective;
import org.adapterbench.api.task.SplitFacts;
import org.adapterbench.api.task.SplitFacts.ContentStatus;
import org.adapterbench.api.task.TextInput;
import org.adapterbench.api.task.UnlabelledSplit;
import org.adapterbench.datasets.download.DownloadListener;
import org.adapterbench.datasets.download.Endpoint;
import org.adapterbench.datasets.download.FileServer;
import org.adapterbench.datasets.glue.Manifest.Pinned;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads from a server of this machine, which holds RTE made up of a few rows. */
final class GlueDownloadTest {

    private static final String PREFIX = "/datasets/nyu-mll/glue/resolve/main/rte/";
    private static final String TRAIN = "train-00000-of-00001.parquet";
    private static final String DEV = "validation-00000-of-00001.parquet";
    private static final String TEST = "test-00000-of-00001.parquet";

    @TempDir
    private Path folder;

    private final List<String> lines = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private final DownloadListener progress = (file, done, total) -> heard.add(file + " " + done + " " + total);
    private FileServer server;
    private byte[] train;

    @BeforeEach
    void start() throws IOException {
        train = ParquetLayoutTest.bytes("snappy");
        server = new FileServer()
                .put(PREFIX + TRAIN, train)
                .put(PREFIX + DEV, ParquetLayoutTest.bytes("gzip"))
                .put(PREFIX + TEST, ParquetLayoutTest.bytes("unlabelled"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void allSplitsAreFetchedCheckedAndListed() {
        List<GlueDownload.Checked> checked = download(pinned()).run(folder, lines::add);
        assertThat(checked)
                .extracting(
                        c -> c.split() + " " + c.facts().map(SplitFacts::status).orElseThrow())
                .containsExactly("train OFFICIAL", "dev UNVERIFIED", "test OFFICIAL");
        assertThat(folder.resolve("rte").resolve(TRAIN)).hasBinaryContent(train);
        assertThat(lines.subList(3, 7))
                .containsExactly(
                        "task         split                 rows  content",
                        "glue/rte     train                    3  official",
                        "glue/rte     dev                      3  unverified (the official number of rows)",
                        "glue/rte     test                     3  official");
        assertThat(RealGlue.load("glue/rte", folder).train().examples()).hasSize(3);
    }

    @Test
    void theProgressOfEachFileIsHeard() {
        download(pinned()).run(folder, lines::add);

        assertThat(heard).anyMatch(line -> line.endsWith(TRAIN + " " + train.length + " " + train.length));
        assertThat(heard).anyMatch(line -> line.contains(DEV)).anyMatch(line -> line.contains(TEST));
    }

    @Test
    void theHubsOwnBytesAreOfficialWhereNoContentHashIsPinned() throws IOException {
        byte[] dev = ParquetLayoutTest.bytes("gzip");
        Pinned pinned = new Pinned(3, null, null, new Sha256().add(dev).hex());
        Manifest manifest = pinned();
        manifest.splits().get("glue/rte").put("dev", pinned);
        List<GlueDownload.Checked> checked = download(manifest).run(folder, lines::add);
        assertThat(checked.get(1).facts().map(SplitFacts::status)).contains(ContentStatus.OFFICIAL);
    }

    @Test
    void whatIsThereInAnyLayoutIsNotFetchedAgain() throws IOException {
        SmallGlue.write(folder.resolve("RTE/dev.tsv"), SmallGlue.RTE_DEV);
        download(pinned()).run(folder, lines::add);
        download(pinned()).run(folder, lines::add);
        assertThat(requests()).containsExactly(PREFIX + TRAIN, PREFIX + TEST);
    }

    @Test
    void aConnectionThatBreaksIsTakenUpWhereItEnded() {
        int half = (train.length + 1) / 2;
        server.cut(PREFIX + TRAIN, half);
        download(pinned()).run(folder, lines::add);
        assertThat(requests().subList(0, 2)).containsExactly(PREFIX + TRAIN, PREFIX + TRAIN + " bytes=" + half + "-");
        assertThat(folder.resolve("rte").resolve(TRAIN)).hasBinaryContent(train);
        assertThat(folder.resolve("rte").resolve(TRAIN + ".part")).doesNotExist();
    }

    @Test
    void anEarlierAttemptIsTakenUpAndAPartThatDoesNotFitIsDropped() throws IOException {
        SmallGlue.write(folder.resolve("rte").resolve(TRAIN + ".part"), Arrays.copyOf(train, 100));
        SmallGlue.write(folder.resolve("rte").resolve(TRAIN + ".part.etag"), new byte[0]);
        SmallGlue.write(folder.resolve("rte").resolve(DEV + ".part"), new byte[100_000]);
        SmallGlue.write(folder.resolve("rte").resolve(DEV + ".part.etag"), new byte[0]);
        download(pinned()).run(folder, lines::add);
        assertThat(requests())
                .containsExactly(
                        PREFIX + TRAIN + " bytes=100-", PREFIX + DEV + " bytes=100000-", PREFIX + DEV, PREFIX + TEST);
        assertThat(folder.resolve("rte").resolve(TRAIN)).hasBinaryContent(train);
    }

    @Test
    void aConnectionThatKeepsBreakingEndsInOneLineAndKeepsWhatCame() {
        server.cut(PREFIX + TRAIN, 10);
        assertThatThrownBy(() -> download(pinned()).run(folder, lines::add))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(TRAIN + ": transfer broke after 50 bytes: ")
                .hasMessageEndingWith(" (the same command goes on from there); HF_ENDPOINT names a mirror");
        assertThat(folder.resolve("rte").resolve(TRAIN + ".part")).exists();
        assertThat(folder.resolve("rte").resolve(TRAIN)).doesNotExist();
    }

    @Test
    void otherContentIsNamedAndRefused() throws IOException {
        server.put(PREFIX + TRAIN, ParquetLayoutTest.bytes("unlabelled")); // its labels are -1
        server.put(PREFIX + TEST, ParquetLayoutTest.bytes("shard-0"));
        assertThatThrownBy(() -> download(pinned()).run(folder, lines::add))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("not the official content: glue/rte train, glue/rte test (");
        assertThat(lines).anyMatch(line -> line.contains("train                    -  damaged: "));
        assertThat(lines).contains("glue/rte     test                     2  other than the official content");
    }

    @Test
    void aMissingFileIsOneLine() {
        server.remove(PREFIX + TRAIN);
        assertThatThrownBy(() -> download(pinned()).run(folder, lines::add))
                .isInstanceOf(UserError.class)
                .hasMessage(
                        server.address() + PREFIX + TRAIN + ": HTTP 404 (allowed: 200; HF_ENDPOINT names a mirror)");
    }

    @Test
    void redirectionsAreFollowedButNotToPlainHttpElsewhere() {
        server.redirect(PREFIX + TRAIN, "/elsewhere");
        server.put("/elsewhere", train);
        download(pinned()).run(folder, lines::add);
        assertThat(requests()).contains("/elsewhere");

        server.redirect(PREFIX + TRAIN, "http://192.0.2.1/train");
        assertThatThrownBy(() -> download(pinned()).run(folder.resolve("second"), lines::add))
                .isInstanceOf(UserError.class)
                .hasMessage("http://192.0.2.1/train: refused: not HTTPS");
    }

    @Test
    void redirectionsInACircleEnd() {
        server.redirect(PREFIX + TRAIN, PREFIX + TRAIN);
        assertThatThrownBy(() -> download(pinned()).run(folder, lines::add))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("redirected more than 5 times; HF_ENDPOINT names a mirror");
    }

    @Test
    void aFileFarTooLargeIsNotFetched() {
        server.claim(PREFIX + TRAIN, GlueDownload.LARGEST + 1);
        assertThatThrownBy(() -> download(pinned()).run(folder, lines::add))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("has at least 268435457 bytes (allowed: 268435456)");
    }

    @Test
    void fileNamesAreThoseOfTheHub() {
        assertThat(GlueTable.all().stream()
                        .flatMap(task -> task.splits().stream().map(split -> GlueDownload.fileName(task, split))))
                .contains(
                        "sst2/train-00000-of-00001.parquet",
                        "stsb/validation-00000-of-00001.parquet",
                        "mnli/validation_mismatched-00000-of-00001.parquet",
                        "ax/test-00000-of-00001.parquet");
    }

    private GlueDownload download(Manifest manifest) {
        Endpoint endpoint = Endpoint.of(Map.of("HF_ENDPOINT", server.address()));
        return new GlueDownload(endpoint, progress, List.of(GlueTable.get("glue/rte")), manifest);
    }

    /** Path and range of each request. */
    private List<String> requests() {
        return server.requests().stream()
                .map(request -> (request.path() + " " + request.range()).strip())
                .toList();
    }

    /** Pins made-up content: train and test by hash, dev by its number of rows. */
    private static Manifest pinned() {
        LabelledSplit train = new LabelledSplit(
                "train",
                List.of(
                        example("It snows.", "It is cold.", 0),
                        example("Nobody came.", "Ann came.", 1),
                        example("Bo sings.", "Bo dances.", 1)));
        UnlabelledSplit test = new UnlabelledSplit(
                "test", train.examples().stream().map(LabelledExample::input).toList());
        Objective labels = GlueTable.get("glue/rte").task().objective();
        return new Manifest(new TreeMap<>(Map.of(
                "glue/rte",
                new TreeMap<>(Map.of(
                        "train", new Pinned(3, null, ContentHash.of(labels, train), "hub"),
                        "dev", new Pinned(3, null, null, "hub"),
                        "test", new Pinned(3, null, ContentHash.of(test), "hub"))))));
    }

    private static LabelledExample example(String first, String second, float target) {
        return new LabelledExample(new TextInput("any", first, second), target);
    }
}
