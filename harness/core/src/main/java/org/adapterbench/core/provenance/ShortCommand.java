package org.adapterbench.core.provenance;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks another program a question that it answers at once. */
public final class ShortCommand {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private ShortCommand() {}

    /**
     * What it prints, stripped; absent when there is no such program, it does not succeed, or it takes longer than ten
     * seconds. It is ended then.
     */
    public static Optional<String> run(Path folder, String... command) {
        return run(PATIENCE, folder, command);
    }

    static Optional<String> run(Duration patience, Path folder, String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .start();
            try {
                return answer(process, patience);
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Read by a thread of its own: a read cannot be given a time, and an answer may be more than a pipe holds. */
    private static Optional<String> answer(Process process, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        FutureTask<byte[]> output =
                new FutureTask<>(() -> process.getInputStream().readAllBytes());
        Thread reader = new Thread(output, "short command");
        reader.setDaemon(true);
        reader.start();
        try {
            byte[] bytes = output.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            boolean ended = process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            return ended && process.exitValue() == 0
                    ? Optional.of(new String(bytes, StandardCharsets.UTF_8).strip())
                    : Optional.empty();
        } catch (TimeoutException | ExecutionException e) {
            return Optional.empty();
        }
    }
}
