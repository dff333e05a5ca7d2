package org.adapterbench.reports.html;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.reports.Cell;
import org.adapterbench.reports.ComparableRuns;
import org.adapterbench.reports.Scores;
import org.adapterbench.reports.Spread;

/** Every seed's score, and the other metrics over the seeds. */
final class SeedTable {

    private static final int MOST_SEEDS = 20;
    private static final int MOST_ROWS = 200;

    private SeedTable() {}

    static PlainTable everySeed(ComparableRuns group, Scores scores, Map<String, Series> series) {
        SortedSet<Long> all = new TreeSet<>();
        group.runs().forEach(run -> all.add(run.spec().seed()));
        List<Long> seeds = all.stream().limit(MOST_SEEDS).toList();
        List<List<PlainTable.Entry>> rows = new ArrayList<>();
        group.tasks().forEach((task, data) -> {
            List<Cell> cells = ordered(group, task, series);
            rows.add(starts(task, cells, seeds));
            for (Cell cell : cells) {
                List<PlainTable.Entry> row =
                        new ArrayList<>(List.of(PlainTable.text(task), PlainTable.text(cell.variant())));
                seeds.forEach(seed -> row.add(score(cell, seed, scores)));
                rows.add(row);
            }
        });
        String more = all.size() > MOST_SEEDS ? " The first " + MOST_SEEDS + " seeds of " + all.size() + "." : "";
        return PlainTable.of(
                        "The score of each seed, in the metric of the table above; on top of each task the hash of the"
                                + " weights that this seed starts from, which is the same for every variant." + more,
                        PlainTable.columns(
                                List.of("task", "variant"),
                                seeds.stream().map(seed -> "seed " + seed).toList()),
                        rows)
                .first(MOST_ROWS);
    }

    private static List<Cell> ordered(ComparableRuns group, String task, Map<String, Series> series) {
        return group.cells().stream()
                .filter(cell -> cell.task().equals(task))
                .sorted(Comparator.comparingInt(
                        cell -> series.get(cell.variant()).index()))
                .toList();
    }

    private static List<PlainTable.Entry> starts(String task, List<Cell> cells, List<Long> seeds) {
        List<PlainTable.Entry> row =
                new ArrayList<>(List.of(PlainTable.text(task), PlainTable.styled("start weights", "none")));
        for (long seed : seeds) {
            row.add(cells.stream()
                    .flatMap(cell -> cell.finished().stream())
                    .filter(run -> run.spec().seed() == seed)
                    .map(RunRecord::outcome)
                    .filter(Objects::nonNull)
                    .map(outcome -> PlainTable.hash(outcome.start().sha256()))
                    .findFirst()
                    .orElseGet(() -> PlainTable.styled(Shown.nothing(), "none")));
        }
        return row;
    }

    private static PlainTable.Entry score(Cell cell, long seed, Scores scores) {
        RunRecord run = cell.runs().stream()
                .filter(candidate -> candidate.spec().seed() == seed)
                .findFirst()
                .orElse(null);
        if (run == null) {
            return PlainTable.styled(Shown.nothing(), "none");
        }
        Double value = scores.primary(run);
        if (value != null) {
            return PlainTable.text(Shown.score(value));
        }
        return run.failure() == null ? PlainTable.styled("no score", "none") : PlainTable.styled("failed", "bad");
    }

    /** All metrics on all splits, over the seeds. */
    static PlainTable everyMetric(ComparableRuns group, Map<String, Series> series) {
        List<List<PlainTable.Entry>> rows = new ArrayList<>();
        group.tasks().forEach((task, data) -> {
            for (RunSpec.SplitSpec split : data.evaluation()) {
                for (Cell cell : ordered(group, task, series)) {
                    metrics(cell, split.split())
                            .forEach(metric -> Scores.spread(cell, split.split(), metric)
                                    .ifPresent(spread -> rows.add(row(cell, split.split(), metric, spread))));
                }
            }
        });
        return PlainTable.of(
                        "All metrics of the reported checkpoint over the seeds; sd: sample standard deviation.",
                        PlainTable.columns(
                                List.of("task", "split", "variant", "metric"),
                                List.of("seeds", "mean", "sd", "least", "most")),
                        rows)
                .first(MOST_ROWS);
    }

    private static SortedSet<String> metrics(Cell cell, String split) {
        SortedSet<String> names = new TreeSet<>();
        for (Outcome outcome : cell.outcomes()) {
            outcome.reported().stream()
                    .filter(score -> score.split().equals(split))
                    .forEach(score -> names.addAll(score.metrics().keySet()));
        }
        return names;
    }

    private static List<PlainTable.Entry> row(Cell cell, String split, String metric, Spread spread) {
        Double deviation = spread.deviation();
        return List.of(
                PlainTable.text(cell.task()),
                PlainTable.text(split),
                PlainTable.text(cell.variant()),
                PlainTable.text(metric),
                PlainTable.text(Integer.toString(spread.count())),
                PlainTable.text(Shown.score(spread.mean())),
                deviation == null
                        ? PlainTable.styled(Shown.nothing(), "none")
                        : PlainTable.text(Shown.score(deviation)),
                PlainTable.text(Shown.score(spread.least())),
                PlainTable.text(Shown.score(spread.most())));
    }
}
