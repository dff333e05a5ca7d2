package org.adapterbench.reports.html;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.reports.Cell;
import org.adapterbench.reports.ComparableRuns;
import org.adapterbench.reports.Numbers;
import org.adapterbench.reports.Spread;
import org.jspecify.annotations.Nullable;

/** Throughput and memory, and wall time by stage. */
final class CostTables {

    private static final int MOST_ROWS = 200;

    private CostTables() {}

    /** The runs of a cell that were made on one kind of machine. */
    private record Part(Cell cell, String machine, List<Outcome> outcomes) {}

    private static List<Part> parts(ComparableRuns group, Machines machines, Map<String, Series> series) {
        List<Part> parts = new ArrayList<>();
        for (String task : group.tasks().keySet()) {
            group.cells().stream()
                    .filter(cell -> cell.task().equals(task))
                    .sorted(Comparator.comparingInt(
                            cell -> series.get(cell.variant()).index()))
                    .forEach(cell -> byMachine(cell, machines)
                            .forEach((machine, outcomes) -> parts.add(new Part(cell, machine, outcomes))));
        }
        return parts;
    }

    private static Map<String, List<Outcome>> byMachine(Cell cell, Machines machines) {
        Map<String, List<Outcome>> outcomes = new LinkedHashMap<>();
        for (RunRecord run : cell.runs()) {
            Outcome outcome = run.outcome();
            if (outcome != null) {
                outcomes.computeIfAbsent(machines.name(run), name -> new ArrayList<>())
                        .add(outcome);
            }
        }
        return outcomes;
    }

    static PlainTable throughput(ComparableRuns group, Machines machines, Map<String, Series> series) {
        List<List<PlainTable.Entry>> rows = new ArrayList<>();
        for (Part part : parts(group, machines, series)) {
            List<PlainTable.Entry> row = start(part);
            row.add(mean(part, Outcome.Cost::examplesPerSecond, Shown::rate));
            row.add(mean(part, Outcome.Cost::tokensPerSecond, Shown::rate));
            row.add(mean(part, Outcome.Cost::stepMedian, Shown::milliseconds));
            row.add(mean(part, Outcome.Cost::stepP90, Shown::milliseconds));
            row.add(mean(part, Outcome.Cost::stepP99, Shown::milliseconds));
            row.add(peak(part));
            rows.add(row);
        }
        return PlainTable.of(
                        "Means over the seeds; memory: the largest resident size of the worker in any of these runs."
                                + " Tokens are counted without padding. Machines are listed under Provenance; times from"
                                + " different machines are never averaged and should not be compared.",
                        PlainTable.columns(
                                List.of("task", "variant", "machine"),
                                List.of(
                                        "runs",
                                        "examples/s",
                                        "tokens/s",
                                        "step median, ms",
                                        "step p90, ms",
                                        "step p99, ms",
                                        "peak memory, MiB")),
                        rows)
                .first(MOST_ROWS);
    }

    static PlainTable stages(ComparableRuns group, Machines machines, Map<String, Series> series) {
        List<Part> parts = parts(group, machines, series);
        SortedSet<String> stages = new TreeSet<>();
        parts.forEach(part -> part.outcomes()
                .forEach(outcome -> stages.addAll(outcome.cost().stages().keySet())));
        List<String> numbers = new ArrayList<>(List.of("runs"));
        stages.forEach(stage -> numbers.add(Shown.text(stage)));
        numbers.add("sum");
        List<List<PlainTable.Entry>> rows = new ArrayList<>();
        for (Part part : parts) {
            List<PlainTable.Entry> row = start(part);
            stages.forEach(stage -> row.add(mean(part, cost -> cost.stages().get(stage), Shown::seconds)));
            row.add(mean(part, CostTables::sum, Shown::seconds));
            rows.add(row);
        }
        return PlainTable.of(
                        "Wall time by stage, seconds a run, means over the seeds.",
                        PlainTable.columns(List.of("task", "variant", "machine"), numbers),
                        rows)
                .first(MOST_ROWS);
    }

    private static double sum(Outcome.Cost cost) {
        double sum = 0;
        for (double seconds : cost.stages().values()) {
            sum += seconds;
        }
        return sum;
    }

    private static List<PlainTable.Entry> start(Part part) {
        return new ArrayList<>(List.of(
                PlainTable.text(part.cell().task()),
                PlainTable.text(part.cell().variant()),
                PlainTable.text(part.machine()),
                PlainTable.text(Integer.toString(part.outcomes().size()))));
    }

    private static PlainTable.Entry mean(
            Part part, Function<Outcome.Cost, @Nullable Double> value, DoubleFunction<String> shown) {
        return Spread.of(part.outcomes().stream()
                        .map(Outcome::cost)
                        .map(value)
                        .filter(Objects::nonNull)
                        .toList())
                .map(spread -> PlainTable.text(shown.apply(spread.mean())))
                .orElseGet(() -> PlainTable.styled(Shown.nothing(), "none"));
    }

    private static PlainTable.Entry peak(Part part) {
        return Spread.of(part.outcomes().stream()
                        .map(outcome -> outcome.cost().peakResidentBytes())
                        .filter(Objects::nonNull)
                        .map(Long::doubleValue)
                        .toList())
                .map(spread -> PlainTable.text(Numbers.grouped(Math.round(spread.most() / (1024 * 1024)))))
                .orElseGet(() -> PlainTable.styled(Shown.nothing(), "none"));
    }
}
