package org.adapterbench.datasets.glue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
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

    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Map<String, String> redirects = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private volatile int answersToCut;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        files.put(PREFIX + TRAIN, ParquetLayoutTest.bytes("snappy"));
        files.put(PREFIX + DEV, ParquetLayoutTest.bytes("gzip"));
        files.put(PREFIX + TEST, ParquetLayoutTest.bytes("unlabelled"));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void allSplitsAreFetchedCheckedAndListed() {
        List<GlueDownload.Checked> checked = download(pinned()).run(folder, lines::add);
        assertThat(checked)
                .extracting(
                        c -> c.split() + " " + c.facts().map(SplitFacts::status).orElseThrow())
                .containsExactly("train OFFICIAL", "dev UNVERIFIED", "test OFFICIAL");
        assertThat(folder.resolve("rte").resolve(TRAIN)).hasBinaryContent(files.get(PREFIX + TRAIN));
        assertThat(lines.subList(3, 7))
                .containsExactly(
                        "task         split                 rows  content",
                        "glue/rte     train                    3  official",
                        "glue/rte     dev                      3  unverified (the official number of rows)",
                        "glue/rte     test                     3  official");
        assertThat(RealGlue.load("glue/rte", folder).train().examples()).hasSize(3);
    }

    @Test
    void theHubsOwnBytesAreOfficialWhereNoContentHashIsPinned() {
        byte[] dev = files.get(PREFIX + DEV);
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
        assertThat(requests).containsExactly(PREFIX + TRAIN, PREFIX + TEST);
    }

    @Test
    void aConnectionThatBreaksIsTakenUpWhereItEnded() {
        answersToCut = 1;
        download(pinned()).run(folder, lines::add);
        int half = files.get(PREFIX + TRAIN).length / 2;
        assertThat(requests.subList(0, 2)).containsExactly(PREFIX + TRAIN, PREFIX + TRAIN + " bytes=" + half + "-");
        assertThat(folder.resolve("rte").resolve(TRAIN)).hasBinaryContent(files.get(PREFIX + TRAIN));
        assertThat(folder.resolve("rte").resolve(TRAIN + ".part")).doesNotExist();
    }

    @Test
    void anEarlierAttemptIsTakenUpAndAPartThatDoesNotFitIsDropped() throws IOException {
        byte[] whole = files.get(PREFIX + TRAIN);
        SmallGlue.write(folder.resolve("rte").resolve(TRAIN + ".part"), Arrays.copyOf(whole, 100));
        SmallGlue.write(folder.resolve("rte").resolve(DEV + ".part"), new byte[100_000]);
        download(pinned()).run(folder, lines::add);
        assertThat(requests)
                .containsExactly(
                        PREFIX + TRAIN + " bytes=100-", PREFIX + DEV + " bytes=100000-", PREFIX + DEV, PREFIX + TEST);
        assertThat(folder.resolve("rte").resolve(TRAIN)).hasBinaryContent(whole);
    }

    @Test
    void aConnectionThatKeepsBreakingEndsInOneLineAndKeepsWhatCame() {
        answersToCut = Integer.MAX_VALUE;
        assertThatThrownBy(() -> download(pinned()).run(folder, lines::add))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(TRAIN + ": not fetched after 3 attempts");
        assertThat(folder.resolve("rte").resolve(TRAIN + ".part")).exists();
        assertThat(folder.resolve("rte").resolve(TRAIN)).doesNotExist();
    }

    @Test
    void otherContentIsNamedAndRefused() throws IOException {
        files.put(PREFIX + TRAIN, files.get(PREFIX + TEST)); // its labels are -1
        files.put(PREFIX + TEST, ParquetLayoutTest.bytes("shard-0"));
        assertThatThrownBy(() -> download(pinned()).run(folder, lines::add))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("not the official content: glue/rte train, glue/rte test (");
        assertThat(lines).anyMatch(line -> line.contains("train                    -  damaged: "));
        assertThat(lines).contains("glue/rte     test                     2  other than the official content");
    }

    @Test
    void aMissingFileIsOneLine() {
        files.remove(PREFIX + TRAIN);
        assertThatThrownBy(() -> download(pinned()).run(folder, lines::add))
                .isInstanceOf(UserError.class)
                .hasMessage(endpoint() + PREFIX + TRAIN + ": HTTP 404 (allowed: 200; HF_ENDPOINT names a mirror)");
    }

    @Test
    void redirectionsAreFollowedButNotToPlainHttpElsewhere() {
        redirects.put(PREFIX + TRAIN, "/elsewhere");
        files.put("/elsewhere", files.get(PREFIX + TRAIN));
        download(pinned()).run(folder, lines::add);
        assertThat(requests).contains("/elsewhere");

        redirects.put(PREFIX + TRAIN, "http://192.0.2.1/train");
        assertThatThrownBy(() -> download(pinned()).run(folder.resolve("second"), lines::add))
                .isInstanceOf(UserError.class)
                .hasMessage("http://192.0.2.1/train: not fetched (allowed: https, or http on this machine)");
    }

    @Test
    void redirectionsInACircleEnd() {
        redirects.put(PREFIX + TRAIN, PREFIX + TRAIN);
        assertThatThrownBy(() -> download(pinned()).run(folder, lines::add))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("more than 5 redirections");
    }

    @Test
    void aFileFarTooLargeIsNotFetched() {
        redirects.put(PREFIX + TRAIN, "/endless");
        assertThatThrownBy(() -> download(pinned()).run(folder, lines::add))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("larger than 268435456 bytes");
    }

    @Test
    void theEndpointIsTheHubUnlessTheEnvironmentNamesAnother() {
        assertThat(GlueDownload.endpoint(Map.of())).isEqualTo(URI.create("https://huggingface.co"));
        assertThat(GlueDownload.endpoint(Map.of("HF_ENDPOINT", "https://mirror.example/hf/")))
                .isEqualTo(URI.create("https://mirror.example/hf"));
        assertThatThrownBy(() -> GlueDownload.endpoint(Map.of("HF_ENDPOINT", "not an address")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("HF_ENDPOINT: 'not an address'");
        assertThatThrownBy(() -> new GlueDownload(URI.create("ftp://mirror.example")).run(folder, lines::add))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("(allowed: https, or http on this machine)");
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
        return new GlueDownload(URI.create(endpoint()), List.of(GlueTable.get("glue/rte")), manifest);
    }

    private String endpoint() {
        return "http://localhost:" + server.getAddress().getPort();
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

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String range = exchange.getRequestHeaders().getFirst("Range");
        requests.add(range == null ? path : path + " " + range);
        String redirect = redirects.get(path);
        byte[] content = files.get(path);
        if (redirect != null) {
            exchange.getResponseHeaders().add("Location", redirect);
            exchange.sendResponseHeaders(302, -1);
        } else if (path.equals("/endless")) {
            exchange.sendResponseHeaders(200, FileDownload.LARGEST + 1);
        } else if (content == null) {
            exchange.sendResponseHeaders(404, -1);
        } else {
            send(exchange, content, range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", "")), range != null);
        }
        exchange.close();
    }

    /** Sends the content from an offset on; an answer to be cut promises all and brings half. */
    private void send(HttpExchange exchange, byte[] content, int from, boolean partial) throws IOException {
        if (from >= content.length) {
            exchange.sendResponseHeaders(416, -1);
            return;
        }
        if (partial) {
            exchange.getResponseHeaders()
                    .add("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
        }
        exchange.sendResponseHeaders(partial ? 206 : 200, content.length - from);
        boolean cut = answersToCut > 0;
        answersToCut -= cut ? 1 : 0;
        exchange.getResponseBody().write(content, from, (content.length - from) / (cut ? 2 : 1));
        exchange.getResponseBody().flush();
    }
}
