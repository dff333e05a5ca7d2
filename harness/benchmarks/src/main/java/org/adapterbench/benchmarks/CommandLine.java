package org.adapterbench.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Starts {@code adapterbench} as a user does and watches what it takes. */
final class CommandLine {

    private static final int LOOK_MILLIS = 20;

    private final Path program = Path.of(System.getProperty("adapterbench.root"), "harness", "bin", "adapterbench");
    private final Path log;

    /** @param folder for the output of the commands */
    CommandLine(Path folder) {
        this.log = folder.resolve("command.log");
    }

    /**
     * What a process took so far.
     *
     * @param cpuSeconds processor time, which tells more than the clock where others compute too
     * @param peakBytes  its largest resident size
     */
    record Taken(double seconds, double cpuSeconds, long peakBytes) {}

    /** Runs one command to its end. */
    Taken time(String... arguments) throws IOException, InterruptedException {
        return watch(line -> {}, "", arguments);
    }

    /**
     * Runs one command to its end.
     *
     * @param started in the line that it prints when it has started up
     * @param startUp gets what it took until then, once
     * @throws IllegalStateException when it never printed that
     */
    Taken time(String started, Consumer<Taken> startUp, String... arguments) throws IOException, InterruptedException {
        List<Taken> seen = new ArrayList<>();
        Taken whole = watch(seen::add, started, arguments);
        if (seen.isEmpty()) {
            throw new IllegalStateException(
                    program + " " + String.join(" ", arguments) + " never said '" + started + "'");
        }
        startUp.accept(seen.get(0));
        return whole;
    }

    /** @param listener hears each look at the process once its output holds the text */
    private Taken watch(Consumer<Taken> listener, String text, String... arguments)
            throws IOException, InterruptedException {
        long before = System.nanoTime();
        Process process = start(arguments);
        Taken taken = new Taken(0, 0, 0);
        while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            taken = look(process, before, taken);
            if (Files.readString(log).contains(text)) {
                listener.accept(taken);
            }
        }
        requireDone(process, arguments);
        return new Taken(seconds(before), taken.cpuSeconds(), taken.peakBytes());
    }

    private static Taken look(Process process, long before, Taken last) {
        return new Taken(
                seconds(before),
                process.info()
                        .totalCpuDuration()
                        .map(processor -> processor.toMillis() * 1e-3)
                        .orElse(last.cpuSeconds()),
                Math.max(last.peakBytes(), residentPeak(process.pid())));
    }

    private static double seconds(long before) {
        return (System.nanoTime() - before) * 1e-9;
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
