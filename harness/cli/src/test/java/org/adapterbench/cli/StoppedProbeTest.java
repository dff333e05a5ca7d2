package org.adapterbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands that are stopped while another process finds out how fast this machine is. */
final class StoppedProbeTest {

    private static final int PATIENCE_MILLISECONDS = 120_000;

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({"plan,TERM,143", "plan,INT,130", "doctor,TERM,143"})
    void endSilentlyWithTheSignalsCodeAndLeaveNeitherProcessNorFile(String command, String signal, int code)
            throws Exception {
        Path experiment = Files.writeString(folder.resolve("tiny.yaml"), MalformedExperiments.SOUND);
        List<String> arguments = command.equals("plan") ? List.of(command, experiment.toString()) : List.of(command);
        try (ServerSocket debugger = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ChildJvm program = start(debugger.getLocalPort(), arguments)) {
            debugger.setSoTimeout(PATIENCE_MILLISECONDS);
            try (Socket probe = debugger.accept()) {
                probe.setSoTimeout(PATIENCE_MILLISECONDS);
                program.signal(signal);

                assertThat(program.end()).as(program.output()).isEqualTo(code);
                // What was known before the probe may be there, and nothing of the signal.
                assertThat(program.output().lines()).allMatch(line -> line.startsWith("encoder minilm-l6: "));
                // Its end of the connection is closed when it has ended.
                assertThat(readToTheEnd(probe)).isTrue();
            }
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(experiment);
        }
    }

    private ChildJvm start(int port, List<String> arguments) {
        String[] all = Stream.concat(Stream.of(Integer.toString(port)), arguments.stream())
                .toArray(String[]::new);
        return ChildJvm.start(
                ChildJvm.interruptible(),
                List.of("-Djava.io.tmpdir=" + folder),
                Map.of("OUT", folder.resolve("out").toString()),
                HeldUpProbe.class,
                all);
    }

    private static boolean readToTheEnd(Socket probe) {
        try {
            probe.getInputStream().readAllBytes();
        } catch (IOException reset) {
            return reset.getMessage().contains("reset");
        }
        return true;
    }
}
