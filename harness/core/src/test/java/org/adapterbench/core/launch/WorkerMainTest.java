package org.adapterbench.core.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.config.Save;
import org.adapterbench.core.json.Json;
import org.adapterbench.core.json.RunIds;
import org.adapterbench.core.run.RunRequest;
import org.adapterbench.core.store.Records;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The worker process seen from outside, message by message. */
@Timeout(120)
class WorkerMainTest {

    private Process worker;
    private BufferedReader reports;

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws IOException {
        LocalLauncherSettings settings = new LocalLauncherSettings(
                new CacheFolder(folder),
                Map.of(),
                "64m",
                Duration.ofMinutes(2),
                Duration.ofMinutes(2),
                Duration.ofMinutes(1),
                MisbehavingExecution.class.getName());
        worker = new ProcessBuilder(WorkerProfile.command(settings, folder))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        reports = new BufferedReader(new InputStreamReader(worker.getInputStream(), StandardCharsets.UTF_8));
    }

    @AfterEach
    void kill() {
        worker.destroyForcibly();
    }

    @Test
    void terminalSignalsDoNotTouchARunningStep() throws Exception {
        send(new Command.Run(request("train")));
        readUntil("\"type\":\"step\"");

        signal("INT");
        signal("TERM");
        readUntil("\"type\":\"step\"");
        send(new Command.Stop());

        readUntil("\"type\":\"stopped\"");
        assertThat(worker.waitFor()).isZero();
        assertThat(folder.resolve("stopped-between-steps")).exists();
    }

    @Test
    void aWorkerWhoseParentIsGoneEndsAfterTheStep() throws Exception {
        send(new Command.Run(request("train")));
        readUntil("\"type\":\"step\"");

        worker.getOutputStream().close();

        readUntil("\"type\":\"stopped\"");
        assertThat(worker.waitFor()).isZero();
    }

    @Test
    void aHangingWorkerDoesNotOutliveItsParent() throws Exception {
        send(new Command.Run(request("hang")));
        readUntil("\"type\":\"stage\"");

        worker.getOutputStream().close();

        // Of SIGKILL: an orderly end would run into the step under way.
        assertThat(worker.waitFor()).isEqualTo(128 + 9);
    }

    @Test
    void anIdleWorkerEndsWhenItIsTold() throws Exception {
        readUntil("\"type\":\"ready\"");

        send(new Command.Stop());

        assertThat(worker.waitFor()).isZero();
    }

    private void send(Command command) throws IOException {
        OutputStream out = worker.getOutputStream();
        out.write((Json.line(command) + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private void readUntil(String text) throws IOException {
        for (String line; (line = reports.readLine()) != null; ) {
            if (line.contains(text)) {
                return;
            }
        }
        throw new AssertionError("the worker ended without " + text);
    }

    private void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(worker.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    private RunRequest request(String method) {
        RunSpec spec = Records.spec(method, 1);
        return new RunRequest(RunIds.of(spec), spec, "minilm-l6", null, folder, folder, Save.ADAPTER, 0);
    }
}
