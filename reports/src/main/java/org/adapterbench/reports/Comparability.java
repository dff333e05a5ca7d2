package org.adapterbench.reports;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.api.record.RunSpec;
import org.jspecify.annotations.Nullable;

/**
 * Decides which runs may stand in one table: same recipe, encoder, start, numerics, threads, the same data for
 * each task, and for each task and seed the same weights to start from, bit for bit. Runs of one variant and
 * task whose method settings or training differ are not averaged but put into different tables.
 */
public final class Comparability {

    private Comparability() {}

    /** Groups the records, which are in report order, into as few tables as the rules allow. */
    public static List<ComparableRuns> group(List<RunRecord> records) {
        Map<ComparableRuns.Common, List<Table>> tables = new LinkedHashMap<>();
        for (Cell cell : cells(records)) {
            List<Table> candidates =
                    tables.computeIfAbsent(ComparableRuns.Common.of(cell.runs().get(0)), common -> new ArrayList<>());
            Table fitting = candidates.stream()
                    .filter(table -> table.accepts(cell))
                    // The first of equal ones; a table that mixes sizes of its tasks is hard to read.
                    .min(Comparator.comparing(table -> !table.holdsSizeOf(cell)))
                    .orElseGet(() -> {
                        Table fresh = new Table();
                        candidates.add(fresh);
                        return fresh;
                    });
            fitting.add(cell);
        }
        List<ComparableRuns> groups = new ArrayList<>();
        tables.forEach((common, list) ->
                list.forEach(table -> groups.add(new ComparableRuns(groups.size() + 1, common, table.cells))));
        return groups;
    }

    /** Everything but the seed. */
    private record CellKey(
            ComparableRuns.Common common,
            String variant,
            RunSpec.TaskSpec task,
            RunSpec.MethodSpec method,
            RunSpec.TrainingSpec training,
            int repetition) {}

    private static List<Cell> cells(List<RunRecord> records) {
        Map<CellKey, List<RunRecord>> runs = new LinkedHashMap<>();
        for (RunRecord run : records) {
            int repetition = 0;
            while (holdsSeed(runs.get(key(run, repetition)), run.spec().seed())) {
                repetition++;
            }
            runs.computeIfAbsent(key(run, repetition), key -> new ArrayList<>()).add(run);
        }
        return runs.values().stream().map(Cell::new).toList();
    }

    private static boolean holdsSeed(@Nullable List<RunRecord> runs, long seed) {
        return runs != null && runs.stream().anyMatch(run -> run.spec().seed() == seed);
    }

    private static CellKey key(RunRecord run, int repetition) {
        RunSpec spec = run.spec();
        return new CellKey(
                ComparableRuns.Common.of(run), run.variant(), spec.task(), spec.method(), spec.training(), repetition);
    }

    private record TaskSeed(String task, long seed) {}

    private record VariantTask(String variant, String task) {}

    /** A table being filled. */
    private static final class Table {
        private final List<Cell> cells = new ArrayList<>();
        private final Map<String, RunSpec.TaskSpec> data = new HashMap<>();
        private final Map<TaskSeed, String> starts = new HashMap<>();
        private final Map<VariantTask, Cell> places = new HashMap<>();

        boolean accepts(Cell cell) {
            RunSpec.TaskSpec task = cell.spec().task();
            return data.getOrDefault(task.name(), task).equals(task)
                    && !places.containsKey(new VariantTask(cell.variant(), cell.task()))
                    && cell.finished().stream().allMatch(this::startsAlike);
        }

        boolean holdsSizeOf(Cell cell) {
            int examples = cell.spec().task().train().examples();
            return data.values().stream().anyMatch(task -> task.train().examples() == examples);
        }

        private boolean startsAlike(RunRecord run) {
            String start = start(run);
            return starts.getOrDefault(taskSeed(run), start).equals(start);
        }

        void add(Cell cell) {
            cells.add(cell);
            data.put(cell.task(), cell.spec().task());
            places.put(new VariantTask(cell.variant(), cell.task()), cell);
            cell.finished().forEach(run -> starts.put(taskSeed(run), start(run)));
        }

        private static String start(RunRecord run) {
            var outcome = run.outcome();
            return outcome == null
                    ? ""
                    : outcome.start().kind() + " " + outcome.start().sha256();
        }

        private static TaskSeed taskSeed(RunRecord run) {
            return new TaskSeed(run.spec().task().name(), run.spec().seed());
        }
    }
}
