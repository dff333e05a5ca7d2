package org.adapterbench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.core.store.RunStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Once the cache is filled nothing needs the network: the program in a network namespace of its own, without
 * as much as a loopback device. Making one needs root.
 */
@Tag("root")
final class NoNetworkTest {

    private static final List<String> WITHOUT_NETWORK = List.of("unshare", "--net");

    private static final String EXPERIMENT = """
            name: offline
            title: A tiny experiment without a network
            encoders: [minilm-l6]
            tasks: [wordnet/accept]
            seeds: [1]
            data: {train: 32, evaluation: 16}
            warmup: 1
            training: {epochs: 1, max-length: 16}
            methods:
              - method: warm-start
              - method: lora
            """;

    @TempDir
    private Path folder = Path.of("");

    private record Answer(int code, String output) {}

    @BeforeEach
    void requireNamespaces() throws InterruptedException {
        assumeTrue(
                canLeaveTheNetwork(),
                "SKIPPED: `unshare --net` does not work (allowed: root on Linux, with the right to make namespaces)");
    }

    private static boolean canLeaveTheNetwork() throws InterruptedException {
        try {
            return new ProcessBuilder("unshare", "--net", "true").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void aRunWithAFilledCacheNeedsNoNetwork() throws Exception {
        fillTheCache();
        Path file = Files.writeString(folder.resolve("offline.yaml"), EXPERIMENT);

        Answer answer = java(WITHOUT_NETWORK, Main.class, "run", file.toString());

        assertThat(answer.code()).as(answer.output()).isZero();
        try (RunStore store = RunStore.openForReading(folder.resolve("results/offline"), message -> {})) {
            assertThat(store.records())
                    .extracting(record -> record.spec().method().name(), RunRecord::status)
                    .containsExactlyInAnyOrder(
                            tuple("warm-start", RunRecord.Status.FINISHED), tuple("lora", RunRecord.Status.FINISHED));
        }
        assertThat(folder.resolve("results/offline/report/index.html")).isNotEmptyFile();
    }

    /** What the test above rests on: the same connection works here and fails there. */
    @Test
    void withoutANetworkNothingCanBeReached() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(server.getLocalPort());

            assertThat(java(List.of(), Connection.class, port).output()).contains("connected");
            assertThat(java(WITHOUT_NETWORK, Connection.class, port).output()).startsWith("not reached: ");
        }
    }

    /** Fills the user's cache; the runs see all of it but the warm-ups, which they compute anew. */
    private void fillTheCache() throws IOException {
        StringWriter lines = new StringWriter();
        PrintWriter out = new PrintWriter(lines, true);
        assertThat(Main.run(Surroundings.ofThisProcess(), out, out, "cache", "fill"))
                .as(() -> lines.toString())
                .isZero();
        Path filled = Surroundings.ofThisProcess().cache().root();
        Files.createDirectory(cache());
        for (String part : List.of("natives", "encoders", "data", "djl")) {
            Files.createSymbolicLink(cache().resolve(part), filled.resolve(part));
        }
    }

    private Path cache() {
        return folder.resolve("cache");
    }

    private Answer java(List<String> prefix, Class<?> program, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.bytedeco.javacpp.cachedir=" + cache().resolve("natives"),
                "-Dadapterbench.root=" + System.getProperty("adapterbench.root"),
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("OUT", folder.resolve("results").toString());
        builder.environment().put("ADAPTERBENCH_CACHE", cache().toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), output);
    }

    /** Says whether a port of this machine can be reached. */
    static final class Connection {

        private Connection() {}

        public static void main(String[] arguments) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]))) {
                System.out.println("connected to port " + socket.getPort());
            } catch (IOException e) {
                System.out.println("not reached: " + e.getMessage());
            }
        }
    }
}
