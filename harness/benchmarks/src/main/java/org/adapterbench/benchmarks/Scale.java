package org.adapterbench.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.adapterbench.api.UserError;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.api.task.DataLocation;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.config.Experiment;
import org.adapterbench.core.config.ExperimentReader;
import org.adapterbench.core.grid.Grid;
import org.adapterbench.core.grid.Only;
import org.adapterbench.core.grid.PlannedRun;
import org.adapterbench.core.json.Json;
import org.adapterbench.core.plugin.MethodCatalog;
import org.adapterbench.core.plugin.TaskCatalog;
import org.adapterbench.core.store.RunStore;
import org.adapterbench.core.weights.EncoderStore;

/**
 * What a folder of thousands of finished runs costs the commands: invents the records of a real grid, then times
 * {@code report} and a {@code run} that finds everything finished.
 */
final class Scale {

    private static final int USUAL_RUNS = 10_000;
    private static final int VARIANTS = 50;
    /** What {@code run} says once it knows what is left to do, just before the first run or the report. */
    private static final String STARTED = " of them finished before";

    private final Numerics numerics;
    private final PrintStream out;

    Scale(Numerics numerics, PrintStream out) {
        this.numerics = numerics;
        this.out = out;
    }

    /** One command, or its start. */
    record Row(String command, int runs, CommandLine.Taken taken) {}

    void run(Options options, Results results) throws IOException, InterruptedException {
        int runs = options.number("runs", USUAL_RUNS);
        if (runs % VARIANTS != 0) {
            throw new UserError("bench scale: runs=" + runs + " (allowed: a multiple of " + VARIANTS + ")");
        }
        Path experiment = Files.writeString(
                results.folder().resolve("scale.yaml"), yaml(runs / VARIANTS), StandardCharsets.UTF_8);
        Path folder = results.folder().resolve("scale");
        int written = invent(experiment, folder);
        CommandLine program = new CommandLine(results.folder());
        List<Row> rows = new ArrayList<>();
        CommandLine.Taken run = program.time(
                STARTED,
                taken -> rows.add(new Row("start-up of run", written, taken)),
                "run",
                experiment.toString(),
                "--out",
                results.folder().toString());
        rows.add(new Row("run", written, run));
        rows.add(new Row("report", written, program.time("report", folder.toString())));
        for (Row row : rows) {
            out.println(String.format(
                    Locale.ROOT,
                    "%-15s with %d finished runs: %.1f s, processor %.1f s, %.2f GiB",
                    row.command(),
                    row.runs(),
                    row.taken().seconds(),
                    row.taken().cpuSeconds(),
                    row.taken().peakBytes() / (double) (1 << 30)));
        }
        out.println(results.write("scale", rows));
    }

    /** Fifty variants of one method, which differ in their rate. */
    private String yaml(int seeds) {
        String method = Shares.everythingTrains();
        String all = LongStream.rangeClosed(1, seeds).mapToObj(Long::toString).collect(Collectors.joining(", "));
        String methods = LongStream.rangeClosed(1, VARIANTS)
                .mapToObj(i -> "  - {method: " + method + ", label: rate-" + i + ", learning-rate: " + i + "e-5}\n")
                .collect(Collectors.joining());
        return """
                name: scale
                title: Invented runs
                numerics: NUMERICS
                encoders: [minilm-l6]
                tasks: [wordnet/accept]
                seeds: [%s]
                data: {train: 100, evaluation: 100}
                training: {epochs: 1}
                methods:
                """.replace("%s", all).replace("NUMERICS", Json.word(numerics)) + methods;
    }

    private static int invent(Path experiment, Path folder) {
        MethodCatalog methods = MethodCatalog.installed();
        TaskCatalog tasks = TaskCatalog.installed();
        CacheFolder cache = CacheFolder.of(System.getenv());
        Experiment read = new ExperimentReader(methods, tasks).read(experiment, List.of());
        List<PlannedRun> runs = new Grid(
                        tasks, methods, new EncoderStore(cache)::open, new DataLocation(null, cache.data()))
                .expand(read, Only.everything());
        try (RunStore store = RunStore.openForWriting(folder, message -> {})) {
            for (PlannedRun run : runs) {
                if (!store.finished(run.runId())) {
                    store.write(record(run, read.name()));
                    Files.createDirectories(store.folder(run.runId()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return runs.size();
    }

    private static RunRecord record(PlannedRun run, String experiment) {
        return RunRecord.finished(
                run.runId(),
                experiment,
                run.variant(),
                run.spec(),
                InventedRun.outcome(run.variant(), run.spec().seed()),
                InventedRun.provenance());
    }
}
