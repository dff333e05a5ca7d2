package org.adapterbench.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Starts {@code adapterbench} as a user does and watches what it takes. */
final class CommandLine {

    private static final int LOOK_MILLIS = 50;

    private final Path program = Path.of(System.getProperty("adapterbench.root"), "harness", "bin", "adapterbench");
    private final Path log;

    /** @param folder for the output of the commands */
    CommandLine(Path folder) {
        this.log = folder.resolve("command.log");
    }

    /** Runs one command to its end. @param runs that it deals with, for the record */
    Scale.Row time(String name, int runs, String... arguments) throws IOException, InterruptedException {
        long before = System.nanoTime();
        Process process = start(arguments);
        long peak = 0;
        Duration processor = Duration.ZERO;
        while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            peak = Math.max(peak, residentPeak(process.pid()));
            processor = process.info().totalCpuDuration().orElse(processor);
        }
        double seconds = (System.nanoTime() - before) * 1e-9;
        requireDone(process, arguments);
        return new Scale.Row(name, runs, seconds, processor.toMillis() * 1e-3, peak);
    }

    /**
     * The lines that a command prints.
     *
     * @param heard told each when it comes
     */
    List<String> lines(Consumer<String> heard, String... arguments) throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        Process process = command(arguments).redirectErrorStream(true).start();
        try (BufferedReader printed = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line; (line = printed.readLine()) != null; ) {
                lines.add(line);
                heard.accept(line);
            }
        }
        process.waitFor();
        Files.write(log, lines, StandardCharsets.UTF_8);
        requireDone(process, arguments);
        return lines;
    }

    private ProcessBuilder command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(Arrays.asList(arguments));
        return new ProcessBuilder(command);
    }

    private Process start(String... arguments) throws IOException {
        return command(arguments)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private void requireDone(Process process, String... arguments) throws IOException {
        if (process.exitValue() != 0) {
            throw new IOException(String.join(" ", arguments) + " ended with code " + process.exitValue() + ": " + log);
        }
    }

    /** The script is replaced by the program that it starts, so the number of the process stays. */
    private static long residentPeak(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"), StandardCharsets.US_ASCII)
                    .stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException ended) {
            return 0;
        }
    }
}
