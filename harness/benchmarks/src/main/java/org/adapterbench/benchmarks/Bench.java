package org.adapterbench.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.adapterbench.api.UserError;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.json.Json;
import org.adapterbench.core.launch.WorkerProfile;
import org.adapterbench.core.run.NumericsCheck;

/**
 * Starts one measuring command for one kind of numerics, in a process of its own, since TensorFlow and the processes
 * that JMH forks read the environment once: {@code bench NUMERICS COMMAND [ARGUMENT...]}.
 */
public final class Bench {

    /** What went wrong, as exit codes: a person's input, or anything else. */
    static final int BAD_INPUT = 2;

    private static final int FAILED = 1;

    /** The commands with the keys of each. */
    private static final SortedMap<String, List<String>> COMMANDS = new TreeMap<>(Map.of(
            "profile", List.of("encoder", "method", "settings", "dropout", "length", "steps"),
            "micro", List.of("only", "quick"),
            "shares", List.of("pairs", "method", "encoders", "dropout", "lengths"),
            "buckets", List.of("encoder", "method", "tasks", "batches"),
            "growth", List.of("encoder", "task", "method", "sizes"),
            "reuse", List.of("method", "settings", "pairs", "examples", "task", "encoder"),
            "scale", List.of("runs"),
            "plan", List.of("encoders", "examples"),
            "portability", List.of("encoder", "length", "pairs"),
            "peer", List.of()));

    private Bench() {}

    public static void main(String[] arguments) {
        int code = code(arguments);
        if (code != 0) {
            System.exit(code);
        }
    }

    // Whatever goes wrong ends with its place told and a code.
    private static int code(String[] arguments) {
        try {
            return start(arguments);
        } catch (UserError e) {
            System.err.println(e.getMessage());
            return BAD_INPUT;
        } catch (MeasuringProcess.Refused e) {
            return BAD_INPUT;
        } catch (Throwable e) {
            e.printStackTrace();
            return FAILED;
        }
    }

    private static int start(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length < 2) {
            throw new UserError("bench: NUMERICS and COMMAND are missing (allowed: "
                    + words(EnumSet.allOf(Numerics.class)) + "; " + String.join(", ", COMMANDS.keySet()) + ")");
        }
        Numerics numerics = numerics(arguments[0]);
        String command = arguments[1];
        List<String> keys = COMMANDS.get(command);
        if (keys == null) {
            throw UserError.unknown("bench", "command", command, COMMANDS.keySet());
        }
        // Read in both processes, so that a slip costs no start of the second.
        Options options = Options.parse(command, Arrays.asList(arguments).subList(2, arguments.length), keys);
        if (!NumericsCheck.allowed().contains(numerics)) {
            throw new UserError("bench: numerics " + arguments[0] + " need " + NumericsCheck.processorFor(numerics)
                    + ", which this machine has not (allowed here: " + words(NumericsCheck.allowed()) + ")");
        }
        if (System.getProperty(MeasuringProcess.MEASURING) == null) {
            return startMeasuring(numerics, arguments);
        }
        measure(numerics, options, System.out);
        return 0;
    }

    private static Numerics numerics(String word) {
        return Arrays.stream(Numerics.values())
                .filter(numerics -> Json.word(numerics).equals(word))
                .findFirst()
                .orElseThrow(() -> new UserError(
                        "bench: numerics '" + word + "' (allowed: " + words(EnumSet.allOf(Numerics.class)) + ")"));
    }

    private static String words(Set<Numerics> numerics) {
        return numerics.stream().map(Json::word).sorted().collect(Collectors.joining(", "));
    }

    private static void measure(Numerics numerics, Options options, PrintStream out)
            throws IOException, InterruptedException {
        Results results = Results.of(numerics);
        results.require(options.command());
        switch (options.command()) {
            case "profile" -> new Profile(numerics, out).run(options, results);
            case "micro" -> new MicroBenchmarks(numerics, out).run(options, results);
            case "shares" -> new Shares(numerics, out).run(options, results);
            case "buckets" -> new Buckets(numerics, out).run(options, results);
            case "growth" -> new Growth(numerics, out).run(options, results);
            case "reuse" -> new Reuse(numerics, out).run(options, results);
            case "scale" -> new Scale(numerics, out).run(options, results);
            case "plan" -> new PlanCheck(numerics, out).run(options, results);
            case "portability" -> new Portability(out).run(options, results);
            case "peer" -> {
                // Whatever else prints must not end up among the answers.
                System.setOut(System.err);
                new PeerSide(numerics, System.in, out).serve();
            }
            default -> throw new IllegalStateException(options.command());
        }
    }

    private static int startMeasuring(Numerics numerics, String[] arguments) throws IOException, InterruptedException {
        CacheFolder cache = CacheFolder.of(System.getenv());
        Map<String, String> environment =
                new WorkerProfile(numerics, Subject.THREADS).environment(System.getenv(), cache);
        // The measuring process says what went wrong.
        Process process = MeasuringProcess.builder(environment, List.of(arguments))
                .inheritIO()
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "end of measuring"));
        return process.waitFor();
    }
}
