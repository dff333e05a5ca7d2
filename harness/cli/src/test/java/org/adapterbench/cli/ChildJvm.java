package org.adapterbench.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A program of this class path in a process of its own, with what it prints; ended when it is closed. */
final class ChildJvm implements AutoCloseable {

    private static final long POLL_MILLIS = 20;

    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private boolean ended;

    private ChildJvm(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "child output");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts the program.
     *
     * @param prefix      words before {@code java}
     * @param options     of the JVM
     * @param environment beside this process's own
     */
    static ChildJvm start(
            List<String> prefix,
            List<String> options,
            Map<String, String> environment,
            Class<?> program,
            String... arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(
                "-Dadapterbench.root=" + System.getProperty("adapterbench.root"),
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            return new ChildJvm(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Words before {@code java}: a shell that started this test in the background has SIGINT ignored, and children inherit that. */
    static List<String> interruptible() {
        List<String> prefix = List.of("env", "--default-signal=INT");
        try {
            return new ProcessBuilder(Stream.concat(prefix.stream(), Stream.of("true"))
                                            .toList())
                                    .start()
                                    .waitFor()
                            == 0
                    ? prefix
                    : List.of();
        } catch (IOException e) {
            return List.of();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void read() {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line; (line = in.readLine()) != null; ) {
                add(line);
            }
        } catch (IOException e) {
            add("output ended: " + e.getMessage());
        }
        synchronized (this) {
            ended = true;
            notifyAll();
        }
    }

    private synchronized void add(String line) {
        lines.add(line);
        notifyAll();
    }

    /** Waits until the program has printed so many such lines; whether it did so before its end. */
    synchronized boolean await(Predicate<String> line, int count) throws InterruptedException {
        while (lines.stream().filter(line).count() < count) {
            if (ended) {
                return false;
            }
            wait();
        }
        return true;
    }

    /** Waits for what the program does without saying so; whether it did so before its end. */
    synchronized boolean await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            if (ended) {
                return false;
            }
            wait(POLL_MILLIS);
        }
        return true;
    }

    /** Everything printed so far. */
    synchronized String output() {
        return String.join("\n", lines);
    }

    long pid() {
        return process.pid();
    }

    /** {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
    }

    /** {@code kill -9} for the processes that it has started. */
    List<ProcessHandle> killChildren() {
        List<ProcessHandle> children = process.children().toList();
        children.forEach(ProcessHandle::destroyForcibly);
        return children;
    }

    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid()).start().waitFor();
    }

    /** The exit code, once it has ended. */
    int end() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
