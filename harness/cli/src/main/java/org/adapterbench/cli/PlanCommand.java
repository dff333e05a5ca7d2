package org.adapterbench.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.adapterbench.api.OneLine;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.task.LabelledSplit;
import org.adapterbench.api.task.SplitFacts.ContentStatus;
import org.adapterbench.api.task.TaskData;
import org.adapterbench.core.config.Experiment;
import org.adapterbench.core.grid.PlannedRun;
import org.adapterbench.core.launch.WorkerProfile;
import org.adapterbench.core.store.RunStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code plan}: the expanded grid with what it will cost, before anything is spent. */
@Command(
        name = "plan",
        description = "Shows an experiment's runs with estimated steps, time, memory and disk; runs nothing.",
        mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private GridOptions options = new GridOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    PlanCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Runs that differ in their seed only. */
    private record Row(String encoder, String task, String variant) {
        static Row of(PlannedRun run) {
            return new Row(run.encoder(), run.spec().task().name(), run.variant());
        }
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Materials materials = options.materials(surroundings, out);
        Experiment experiment = options.experiment(surroundings, materials, out);
        Path folder = options.folder(surroundings, experiment);
        List<PlannedRun> runs = options.runs(materials, experiment, out);
        List<PlannedRun> left;
        try (RunStore store = RunStore.openForReading(folder, out::println)) {
            Set<String> before =
                    store.finished(runs.stream().map(PlannedRun::runId).toList());
            left = runs.stream().filter(run -> !before.contains(run.runId())).toList();
        }
        CacheAccess.requireWarmups(surroundings.cache(), left);
        List<RunCost> costs =
                new Estimator(materials, experiment.save(), experiment.activationMegabytes()).estimate(left);
        Rate rate = rate(experiment);
        out.println(OneLine.of(experiment.name() + ": " + experiment.title()));
        out.println(
                Text.runs(runs.size()) + ", of which " + (runs.size() - left.size()) + " are finished in " + folder);
        table(runs, left, costs, rate).forEach(out::println);
        out.println(content(materials, runs));
        if (!left.isEmpty()) {
            sums(experiment, folder, costs, rate).forEach(out::println);
        }
        return ExitCode.DONE;
    }

    /** Matrix-multiply rate, in 10^9 operations a second, of workers of these numerics. */
    private record Rate(Numerics numerics, double gigaflops) {

        Duration time(List<RunCost> costs) {
            return Speed.time(costs, numerics, gigaflops);
        }
    }

    private Rate rate(Experiment experiment) {
        Map<String, String> environment = new WorkerProfile(experiment.numerics(), experiment.threads())
                .environment(surroundings.environment(), surroundings.cache());
        double gigaflops =
                new Probe(surroundings.in(environment)).require("plan").gigaflops();
        return new Rate(experiment.numerics(), gigaflops);
    }

    /** Whether the data are those of the published numbers. */
    private static String content(Materials materials, List<PlannedRun> runs) {
        Set<String> tasks = new TreeSet<>();
        runs.forEach(run -> tasks.add(run.spec().task().name()));
        return tasks.stream()
                .map(task -> task + " " + status(materials.tasks().load("plan", task, materials.data())))
                .collect(Collectors.joining(", ", "Data: ", ""));
    }

    /** One word where it is that of every split, else a word with its splits. */
    static String status(TaskData data) {
        Map<ContentStatus, List<String>> splits = new LinkedHashMap<>();
        Stream.concat(Stream.of(data.train()), data.evaluation().stream())
                .map(LabelledSplit::name)
                .forEach(split -> splits.computeIfAbsent(data.facts(split).status(), status -> new ArrayList<>())
                        .add(split));
        return splits.entrySet().stream()
                .map(entry -> entry.getKey().name().toLowerCase(Locale.ROOT)
                        + (splits.size() == 1 ? "" : " (" + String.join(", ", entry.getValue()) + ")"))
                .collect(Collectors.joining(" and "));
    }

    /** Every run of the grid, with the costs of those that are left. */
    private static List<String> table(List<PlannedRun> runs, List<PlannedRun> left, List<RunCost> costs, Rate rate) {
        Map<Row, List<RunCost>> rows = new LinkedHashMap<>();
        runs.forEach(run -> rows.put(Row.of(run), new ArrayList<>()));
        for (int i = 0; i < left.size(); i++) {
            rows.getOrDefault(Row.of(left.get(i)), new ArrayList<>()).add(costs.get(i));
        }
        Map<Row, Long> all = runs.stream().collect(Collectors.groupingBy(Row::of, Collectors.counting()));
        List<List<String>> cells = new ArrayList<>();
        cells.add(List.of(
                "encoder", "task", "variant", "runs", "finished", "warm-up steps", "steps", "time", "memory", "disk"));
        rows.forEach((row, members) -> cells.add(List.of(
                row.encoder(),
                row.task(),
                row.variant(),
                Long.toString(all.getOrDefault(row, 0L)),
                Long.toString(all.getOrDefault(row, 0L) - members.size()),
                Integer.toString(members.stream().mapToInt(RunCost::warmupSteps).sum()),
                Integer.toString(members.stream().mapToInt(RunCost::steps).sum()),
                Text.time(rate.time(members)),
                Text.bytes(members.stream().mapToLong(RunCost::peakBytes).max().orElse(0)),
                Text.bytes(sum(members, RunCost.Disk::output)))));
        return Text.columns(cells);
    }

    private List<String> sums(Experiment experiment, Path folder, List<RunCost> costs, Rate rate) {
        int workers = experiment.workers();
        Duration time = rate.time(costs).dividedBy(workers);
        long memory = costs.stream().mapToLong(RunCost::peakBytes).max().orElse(0);
        return List.of(
                String.format(
                        Locale.ROOT,
                        "Time: about %s with %d worker%s, from %.0f GFLOP/s measured just now; less where warm-ups are"
                                + " in the cache",
                        Text.time(time),
                        workers,
                        workers == 1 ? "" : "s",
                        rate.gigaflops()),
                "Memory: about " + Text.bytes(memory * workers),
                "Disk: about " + Text.bytes(sum(costs, RunCost.Disk::output)) + " in " + folder + "; "
                        + Text.bytes(workers * most(costs, RunCost.Disk::checkpoint))
                        + " more for checkpoints while runs train",
                cache(workers, costs));
    }

    private String cache(int workers, List<RunCost> costs) {
        Path root = surroundings.cache().root();
        return "Cache: about " + Text.bytes(sum(costs, RunCost.Disk::warmup)) + " more for warm-ups in " + root
                + ", which has " + FolderSize.of(root).text() + "; while runs train "
                + Text.bytes(workers * most(costs, RunCost.Disk::warmupCheckpoint)) + " for their checkpoints and "
                + Text.bytes(workers * most(costs, RunCost.Disk::activations)) + " for activations of frozen layers";
    }

    private static long sum(List<RunCost> costs, ToLongFunction<RunCost.Disk> part) {
        return costs.stream().map(RunCost::disk).mapToLong(part).sum();
    }

    private static long most(List<RunCost> costs, ToLongFunction<RunCost.Disk> part) {
        return costs.stream().map(RunCost::disk).mapToLong(part).max().orElse(0);
    }
}
