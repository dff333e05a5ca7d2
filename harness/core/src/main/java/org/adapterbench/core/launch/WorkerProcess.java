package org.adapterbench.core.launch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.adapterbench.core.json.Json;

/** A worker as its parent sees it. Used by one thread, except {@link #requestStop} and {@link #kill}. */
final class WorkerProcess {

    private final WorkerProfile profile;
    private final Process process;
    private final Path crashFolder;
    private final OutputStream commands;
    private final WorkerLog log;
    private final Thread reader;
    private final BlockingQueue<Optional<WorkerMessage>> messages = new LinkedBlockingQueue<>();

    private WorkerProcess(WorkerProfile profile, Process process, Path crashFolder) {
        this.profile = profile;
        this.process = process;
        this.crashFolder = crashFolder;
        this.commands = process.getOutputStream();
        this.log = new WorkerLog(process.getErrorStream());
        this.reader = new Thread(this::read, "worker messages");
        reader.setDaemon(true);
        reader.start();
    }

    static WorkerProcess start(WorkerProfile profile, LocalLauncherSettings settings, Path crashFolder)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(WorkerProfile.command(settings, crashFolder));
        builder.environment().clear();
        builder.environment().putAll(profile.environment(settings.environment(), settings.cache()));
        return new WorkerProcess(profile, builder.start(), crashFolder);
    }

    WorkerProfile profile() {
        return profile;
    }

    WorkerLog log() {
        return log;
    }

    /** Tells the worker; one that is gone hears nothing, which its messages will show. */
    synchronized void send(Command command) {
        try {
            commands.write((Json.line(command) + "\n").getBytes(StandardCharsets.UTF_8));
            commands.flush();
        } catch (IOException e) {
            log.add("launcher: " + e.getMessage());
        }
    }

    /** The next message; {@link Silence} when none comes in time, {@link End} when none can come. */
    Next next(Duration patience) throws InterruptedException {
        Optional<WorkerMessage> message = messages.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (message == null) {
            return new Silence();
        }
        return message.<Next>map(Said::new).orElseGet(End::new);
    }

    /** What {@link #next} may find. */
    sealed interface Next {}

    /** A message. */
    record Said(WorkerMessage message) implements Next {}

    /** Nothing in time. */
    record Silence() implements Next {}

    /** The worker is gone. */
    record End() implements Next {}

    void requestStop() {
        send(new Command.Stop());
    }

    void kill() {
        process.destroyForcibly();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for a worker that was told to end, kills it when it does not, and files what it left. */
    int end(Duration patience) throws InterruptedException {
        try {
            commands.close();
        } catch (IOException e) {
            log.add("launcher: " + e.getMessage());
        }
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            kill();
        }
        int exit = process.waitFor();
        // A Java runtime that cannot start says so on standard output.
        reader.join();
        log.join();
        return exit;
    }

    /** Whether the process is gone within the time. */
    boolean awaitEnd(Duration patience) throws InterruptedException {
        return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The Java runtime's crash report, moved into the run's folder; absent when there is none. */
    Optional<Path> keepCrashReport(Path folder) {
        Path report = crashFolder.resolve("hs_err_" + process.pid() + ".log");
        try {
            return Files.exists(report)
                    ? Optional.of(Files.move(report, folder.resolve("hs_err.log"), StandardCopyOption.REPLACE_EXISTING))
                    : Optional.empty();
        } catch (IOException e) {
            log.add("launcher: " + e.getMessage());
            return Optional.of(report);
        }
    }

    private void read() {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line; (line = in.readLine()) != null; ) {
                if (!line.isBlank()) {
                    take(line);
                }
            }
        } catch (IOException e) {
            log.add("launcher: " + e.getMessage());
        }
        messages.add(Optional.empty());
    }

    private void take(String line) {
        try {
            messages.add(Optional.of(Json.read(line, WorkerMessage.class)));
        } catch (IOException e) {
            // Native code printed something to the worker's standard output.
            log.add(line);
        }
    }
}
