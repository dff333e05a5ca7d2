package org.adapterbench.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.adapterbench.api.method.TuningMethod;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.Folders;
import org.adapterbench.core.json.Json;
import org.adapterbench.core.plugin.MethodCatalog;
import org.adapterbench.core.store.RunStore;
import org.adapterbench.core.weights.EncoderStore;

/** Holds what {@code plan} says of single short runs against the time and memory that they then take. */
final class PlanCheck {

    private static final Pattern TIME = Pattern.compile("(?:(\\d+)h )?(?:(\\d+)m ?)?(?:(\\d+)s)?");
    private static final Pattern BYTES = Pattern.compile("([0-9.]+) ([kMGT])B");
    private static final String UNITS = "kMGT";
    private static final List<String> COLUMNS = List.of("encoder", "variant", "time", "memory");

    private final Numerics numerics;
    private final PrintStream out;

    PlanCheck(Numerics numerics, PrintStream out) {
        this.numerics = numerics;
        this.out = out;
    }

    /** What is expected of a run, or what it took. */
    record Costs(double seconds, double bytes) {}

    /** One run. @param error of the time, relative to the real one */
    record Row(String run, Costs planned, Costs real, double error) {}

    /** Median absolute error and one row a run. */
    record Table(double medianError, List<Row> rows) {}

    void run(Options options, Results results) throws IOException, InterruptedException {
        List<String> encoders = options.words("encoders", List.of("minilm-l6", "bge-small"));
        EncoderStore store = new EncoderStore(CacheFolder.of(System.getenv()));
        encoders.forEach(store::open);
        int examples = options.number("examples", 640);
        Folders.remove(results.folder().resolve("plan"));
        Path experiment = Files.writeString(
                results.folder().resolve("plan.yaml"), yaml(encoders, examples), StandardCharsets.UTF_8);
        CommandLine program = new CommandLine(results.folder());
        String[] arguments = {experiment.toString(), "--out", results.folder().toString()};
        Map<String, Costs> planned =
                planned(program.lines(line -> {}, "plan", arguments[0], arguments[1], arguments[2]));
        program.lines(out::println, "run", arguments[0], arguments[1], arguments[2]);
        List<Row> rows = compare(planned, real(results.folder().resolve("plan")));
        rows.forEach(row -> out.println(String.format(
                Locale.ROOT,
                "%-40s planned %5.0f s %4.1f GB  real %5.1f s %4.1f GB  error %+4.0f %%",
                row.run(),
                row.planned().seconds(),
                row.planned().bytes() / 1e9,
                row.real().seconds(),
                row.real().bytes() / 1e9,
                100 * row.error())));
        double median = Interval.of(
                        rows.stream().mapToDouble(row -> Math.abs(row.error())).toArray())
                .median();
        out.println(String.format(Locale.ROOT, "median error of the time: %.0f %%", 100 * median));
        out.println(results.write("plan", new Table(median, rows)));
    }

    private String yaml(List<String> encoders, int examples) {
        String methods = MethodCatalog.installed().all().stream()
                .map(TuningMethod::name)
                .map(name -> "  - method: " + name + "\n")
                .collect(Collectors.joining());
        return "name: plan\ntitle: Short runs for the estimates of plan\nnumerics: " + Json.word(numerics)
                + "\nencoders: [" + String.join(", ", encoders)
                + "]\ntasks: [wordnet/supersense]\nseeds: [1]\ndata: {train: " + examples
                + ", evaluation: 320}\nwarmup: 0\ntraining: {epochs: 1}\nmethods:\n" + methods;
    }

    /** The rows of the table by encoder and variant; its columns are known by their names. */
    static Map<String, Costs> planned(List<String> lines) {
        Map<String, Costs> rows = new TreeMap<>();
        List<String> header = List.of();
        for (String line : lines) {
            List<String> cells = List.of(line.split(" {2,}"));
            if (cells.containsAll(COLUMNS)) {
                header = cells;
            } else if (!header.isEmpty()
                    && cells.size() == header.size()
                    && BYTES.matcher(cells.get(header.indexOf("memory"))).matches()) {
                rows.put(
                        cells.get(header.indexOf("encoder")) + " " + cells.get(header.indexOf("variant")),
                        new Costs(
                                seconds(cells.get(header.indexOf("time"))),
                                bytes(cells.get(header.indexOf("memory")))));
            }
        }
        return rows;
    }

    private static double seconds(String text) {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            throw new IllegalArgumentException("no time: " + text);
        }
        return 3600 * number(time.group(1)) + 60 * number(time.group(2)) + number(time.group(3));
    }

    private static double number(String text) {
        return text == null ? 0 : Double.parseDouble(text);
    }

    private static double bytes(String text) {
        Matcher size = BYTES.matcher(text);
        if (!size.matches()) {
            throw new IllegalArgumentException("no size: " + text);
        }
        return Double.parseDouble(size.group(1)) * StrictMath.pow(1000, UNITS.indexOf(size.group(2)) + 1);
    }

    private static Map<String, Costs> real(Path folder) {
        Map<String, Costs> runs = new TreeMap<>();
        try (RunStore store = RunStore.openForReading(folder, message -> {})) {
            for (RunRecord record : store.records()) {
                Outcome outcome = record.outcome();
                if (outcome != null) {
                    double seconds = outcome.cost().stages().values().stream()
                            .mapToDouble(Double::doubleValue)
                            .sum();
                    Long peak = outcome.cost().peakResidentBytes();
                    runs.put(
                            record.spec().encoder().name() + " " + record.variant(),
                            new Costs(seconds, peak == null ? 0 : peak));
                }
            }
        }
        return runs;
    }

    private static List<Row> compare(Map<String, Costs> planned, Map<String, Costs> real) throws IOException {
        if (!planned.keySet().equals(real.keySet())) {
            throw new IOException("planned " + planned.keySet() + " but ran " + real.keySet());
        }
        List<Row> rows = new ArrayList<>();
        planned.forEach((run, plan) -> {
            Costs took = real.getOrDefault(run, plan);
            rows.add(new Row(run, plan, took, plan.seconds() / took.seconds() - 1));
        });
        return rows;
    }
}
