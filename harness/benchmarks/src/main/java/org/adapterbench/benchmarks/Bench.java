package org.adapterbench.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.adapterbench.api.UserError;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.json.Json;
import org.adapterbench.core.launch.WorkerProfile;

/**
 * Starts one measuring command for one kind of numerics, in a process of its own, since TensorFlow and the processes
 * that JMH forks read the environment once: {@code bench NUMERICS COMMAND [ARGUMENT...]}.
 */
public final class Bench {

    /** Set in the process that measures. */
    private static final String MEASURING = "adapterbench.measuring";

    private static final List<String> COMMANDS =
            List.of("micro", "shares", "buckets", "growth", "reuse", "scale", "plan", "peer");

    private Bench() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> tell(failure));
        if (arguments.length < 2) {
            throw new UserError("bench: NUMERICS and COMMAND are missing (allowed: portable, fast, fast-bf16; "
                    + String.join(", ", COMMANDS) + ")");
        }
        Numerics numerics = numerics(arguments[0]);
        List<String> rest = Arrays.asList(arguments).subList(2, arguments.length);
        if (System.getProperty(MEASURING) == null) {
            startMeasuring(numerics, arguments);
        } else {
            measure(numerics, arguments[1], rest, System.out);
        }
    }

    private static Numerics numerics(String word) {
        return Arrays.stream(Numerics.values())
                .filter(numerics -> Json.word(numerics).equals(word))
                .findFirst()
                .orElseThrow(() -> new UserError("bench: numerics '" + word + "' (allowed: "
                        + Arrays.stream(Numerics.values()).map(Json::word).collect(Collectors.joining(", ")) + ")"));
    }

    /** What a person did wrong in one line, everything else with its place; the process ends with code 1 in any case. */
    private static void tell(Throwable failure) {
        if (failure instanceof UserError) {
            System.err.println(failure.getMessage());
        } else if (!(failure instanceof ChildFailed)) {
            failure.printStackTrace();
        }
    }

    /** The measuring process has said why. */
    private static final class ChildFailed extends RuntimeException {

        private static final long serialVersionUID = 1;
    }

    private static void measure(Numerics numerics, String command, List<String> arguments, PrintStream out)
            throws IOException, InterruptedException {
        Options options = Options.parse(command, arguments);
        Results results = Results.of(numerics);
        switch (command) {
            case "micro" -> MicroBenchmarks.run(options, results, out);
            case "shares" -> new Shares(numerics, out).run(options, results);
            case "buckets" -> new Buckets(numerics, out).run(options, results);
            case "growth" -> new Growth(numerics, out).run(options, results);
            case "reuse" -> new Reuse(numerics, out).run(options, results);
            case "scale" -> new Scale(out).run(options, results);
            case "plan" -> new PlanCheck(out).run(options, results);
            case "peer" -> new PeerSide(numerics, System.in, out).serve();
            default -> throw UserError.unknown("bench", "command", command, COMMANDS);
        }
    }

    private static void startMeasuring(Numerics numerics, String[] arguments) throws IOException, InterruptedException {
        CacheFolder cache = CacheFolder.of(System.getenv());
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-D" + MEASURING + "=true");
        command.add("-Xmx3g");
        command.add("-Dfile.encoding=UTF-8");
        command.add("-Dadapterbench.root=" + System.getProperty("adapterbench.root"));
        command.add("-Dorg.bytedeco.javacpp.cachedir=" + cache.natives());
        command.add("-Dorg.bytedeco.javacpp.maxBytes=0");
        command.add("-Dorg.bytedeco.javacpp.maxPhysicalBytes=0");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Bench.class.getName()));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        var environment = new WorkerProfile(numerics, Subject.THREADS).environment(System.getenv(), cache);
        builder.environment().clear();
        builder.environment().putAll(environment);
        if (builder.start().waitFor() != 0) {
            throw new ChildFailed();
        }
    }
}
