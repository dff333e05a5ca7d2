package org.adapterbench.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.adapterbench.api.FailureKind;
import org.adapterbench.api.Reason;
import org.adapterbench.api.RunFailure;
import org.adapterbench.api.UserError;
import org.adapterbench.core.ClassPathJars;
import org.adapterbench.core.launch.TensorFlowProcess;

/** Finds out in a short-lived process whether TensorFlow loads here and how fast it multiplies matrices. */
final class Probe {

    private static final String MARK = "adapterbench-probe";
    private static final long LIMIT_SECONDS = 180;

    /** What helps where TensorFlow neither loads nor computes. */
    static final String REMEDY = "`adapterbench cache clean natives` and `make build`; Linux needs glibc 2.17 or newer";

    /** How the process ends by SIGHUP, SIGINT and SIGTERM. */
    private static final Set<Integer> ENDED_BY_SIGNAL = Set.of(129, 130, 143);

    /** A terminal sends its signal to both processes, and the other one may end before this one hears of it. */
    private static final long SIGNAL_SECONDS = 2;

    private final Surroundings surroundings;
    private final StopOnSignal.Hooks hooks;
    private final CountDownLatch stopping = new CountDownLatch(1);

    Probe(Surroundings surroundings) {
        this(surroundings, StopOnSignal.OF_THE_JVM);
    }

    Probe(Surroundings surroundings, StopOnSignal.Hooks hooks) {
        this.surroundings = surroundings;
        this.hooks = hooks;
    }

    /**
     * What the process found.
     *
     * @param tensorflow  library version
     * @param loadSeconds time to load the native library, unpacking included
     * @param gigaflops   matrix-multiply rate in fp32 on two threads, in 10^9 operations a second
     */
    record Found(String tensorflow, double loadSeconds, double gigaflops) {

        String line() {
            return String.format(Locale.ROOT, "%s %s %.3f %.3f", MARK, tensorflow, loadSeconds, gigaflops);
        }

        static Optional<Found> parse(String line) {
            String[] words = line.split(" ");
            if (words.length != 4 || !words[0].equals(MARK)) {
                return Optional.empty();
            }
            return Optional.of(new Found(words[1], Double.parseDouble(words[2]), Double.parseDouble(words[3])));
        }
    }

    /**
     * @throws RunFailure of kind ENVIRONMENT when TensorFlow does not load or does not compute
     * @throws Stopped    when a signal ends this process meanwhile; the other one is ended then
     */
    Found run() {
        try {
            Path log = Files.createTempFile("adapterbench-probe", ".log");
            // A signal ends the JVM before the last lines are reached.
            log.toFile().deleteOnExit();
            try {
                return run(log);
            } finally {
                Files.deleteIfExists(log);
            }
        } catch (IOException e) {
            throw new RunFailure(FailureKind.ENVIRONMENT, "a process cannot be started: " + Reason.of(e), e);
        }
    }

    /**
     * For a command that cannot do without what {@link #run} finds.
     *
     * @throws UserError when TensorFlow does not load or does not compute, with the remedy
     */
    Found require(String command) {
        try {
            return run();
        } catch (RunFailure failure) {
            throw new UserError(
                    command + ": TensorFlow does not compute here, and at what rate it would is unknown: "
                            + failure.getMessage() + " (remedy: " + REMEDY + ")",
                    failure);
        }
    }

    private Found run(Path log) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command()).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().putAll(surroundings.environment());
        Process process = builder.start();
        StopOnSignal signals = new StopOnSignal(() -> stop(process), hooks);
        try {
            await(process);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new RunFailure(FailureKind.ENVIRONMENT, "interrupted", e);
        } finally {
            signals.close();
        }
        List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                .lines()
                .toList();
        return lines.stream()
                .flatMap(line -> Found.parse(line).stream())
                .findFirst()
                .orElseThrow(() -> new RunFailure(
                        FailureKind.ENVIRONMENT,
                        "exit code " + process.exitValue() + ": " + reason(lines)
                                + ClassPathJars.damage()
                                        .map(damage -> "; " + damage)
                                        .orElse("")));
    }

    private void stop(Process process) {
        stopping.countDown();
        process.destroyForcibly();
    }

    private void await(Process process) throws InterruptedException {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new RunFailure(FailureKind.ENVIRONMENT, "no answer within " + LIMIT_SECONDS + " s");
        }
        long patience = ENDED_BY_SIGNAL.contains(process.exitValue()) ? SIGNAL_SECONDS : 0;
        if (stopping.await(patience, TimeUnit.SECONDS)) {
            throw new Stopped();
        }
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(TensorFlowProcess.java(surroundings.cache(), "256m"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ProbeMain.class.getName()));
        return command;
    }

    /** The line that tells most: the first exception or fatal message, else the last line. */
    private static String reason(List<String> lines) {
        return lines.stream()
                .map(String::strip)
                .filter(line -> line.contains("Exception") || line.contains("Error") || line.contains("SIG"))
                .findFirst()
                .orElse(
                        lines.isEmpty()
                                ? "no output"
                                : lines.get(lines.size() - 1).strip());
    }
}
