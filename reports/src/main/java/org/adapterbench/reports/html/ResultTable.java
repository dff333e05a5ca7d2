package org.adapterbench.reports.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.reports.Baseline;
import org.adapterbench.reports.Cell;
import org.adapterbench.reports.ComparableRuns;
import org.adapterbench.reports.ReportInput;
import org.adapterbench.reports.Scores;
import org.adapterbench.reports.Spread;
import org.jspecify.annotations.Nullable;

/**
 * Scores of comparable runs: a row a variant, a column a task and evaluation split, baselines below.
 *
 * @param omitted variants left out to keep the page small
 * @param absent  why baselines are absent, one sentence a reason
 */
record ResultTable(List<Column> columns, List<Row> rows, int omitted, List<String> absent) {

    private static final int MOST_ROWS = 200;

    /**
     * A task and split.
     *
     * @param metric    the primary metric, with its better direction where it is known
     */
    record Column(String task, String split, String metric) {}

    /**
     * A variant or a baseline.
     *
     * @param parameters trained by the method, empty for a baseline
     */
    record Row(String name, boolean baseline, String parameters, List<Score> scores) {}

    /**
     * One place of the table.
     *
     * @param mean   empty without a finished run
     * @param spread standard deviation, empty for one seed
     * @param seeds  how many finished and failed
     * @param failed whether a seed is missing because its run failed
     * @param hint   the score of every seed
     * @param strip  drawing of the seeds' scores; empty for none
     */
    record Score(String mean, String spread, String seeds, boolean failed, String hint, List<Chart.Shape> strip) {

        static Score none() {
            return new Score("", "", "", false, "", List.of());
        }
    }

    /** A column before it is shown. */
    private record Place(String task, String split, String metric, SeedStrip strip) {}

    static ResultTable of(ComparableRuns group, ReportInput input, Scores scores, Map<String, Series> series) {
        List<Place> places = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        group.tasks().forEach((task, data) -> {
            String metric = scores.primaryMetric(task);
            for (RunSpec.SplitSpec split : data.evaluation()) {
                SeedStrip strip = SeedStrip.of(values(group, task, split.split(), metric == null ? "" : metric));
                places.add(new Place(task, split.split(), metric == null ? "" : metric, strip));
                columns.add(new Column(
                        Shown.text(task), Shown.text(split.split()), Shown.text(metricTitle(scores, task, metric))));
            }
        });
        List<Row> rows = new ArrayList<>();
        List<String> variants = group.variants(input.variantOrder());
        for (String variant : variants.subList(0, Math.min(MOST_ROWS, variants.size()))) {
            rows.add(row(group, variant, places, series.get(variant)));
        }
        rows.addAll(baselines(group, input.baselines(), places));
        return new ResultTable(columns, rows, Math.max(0, variants.size() - MOST_ROWS), absent(group, input));
    }

    private static String metricTitle(Scores scores, String task, @Nullable String metric) {
        if (metric == null) {
            return "no score";
        }
        Boolean higher = scores.higherIsBetter(task, metric);
        return higher == null ? metric : metric + (higher ? " ↑" : " ↓");
    }

    private static List<Double> values(ComparableRuns group, String task, String split, String metric) {
        List<Double> values = new ArrayList<>();
        for (RunRecord run : group.runs()) {
            Double value = run.spec().task().name().equals(task) ? Scores.reported(run, split, metric) : null;
            if (value != null && Double.isFinite(value)) {
                values.add(value);
            }
        }
        return values;
    }

    private static Row row(ComparableRuns group, String variant, List<Place> places, Series series) {
        List<Score> scores = places.stream()
                .map(place -> group.cell(variant, place.task())
                        .map(cell -> score(cell, place, series))
                        .orElseGet(Score::none))
                .toList();
        return new Row(Shown.text(variant), false, parameters(group, variant), scores);
    }

    private static String parameters(ComparableRuns group, String variant) {
        var counts = group.tasks().keySet().stream()
                .flatMap(task -> group.cell(variant, task).stream())
                .flatMap(cell -> cell.outcomes().stream())
                .mapToLong(outcome -> outcome.parameters().method())
                .summaryStatistics();
        return counts.getCount() == 0 ? Shown.nothing() : Shown.range(counts.getMin(), counts.getMax());
    }

    private static Score score(Cell cell, Place place, Series series) {
        Optional<Spread> found = Scores.spread(cell, place.split(), place.metric());
        int failed = cell.failed().size();
        String failures = failed == 0 ? "" : failed + " failed";
        if (found.isEmpty()) {
            return new Score("", "", failures.isEmpty() ? "no score" : failures, failed > 0, "", List.of());
        }
        Spread spread = found.get();
        String seeds = Shown.count(spread.count(), "seed") + (failed == 0 ? "" : ", " + failures);
        Double deviation = spread.deviation();
        return new Score(
                Shown.score(spread.mean()),
                deviation == null ? "" : Shown.score(deviation),
                seeds,
                failed > 0,
                eachSeed(cell, place),
                place.strip().draw(cell, place.split(), place.metric(), spread, series));
    }

    private static String eachSeed(Cell cell, Place place) {
        return cell.finished().stream()
                .limit(20)
                .map(run -> {
                    Double value = Scores.reported(run, place.split(), place.metric());
                    return "seed " + run.spec().seed() + ": " + (value == null ? "no score" : Shown.score(value));
                })
                .collect(Collectors.joining("\n"));
    }

    private static List<Row> baselines(ComparableRuns group, List<Baseline> baselines, List<Place> places) {
        List<String> names = baselines.stream().map(Baseline::name).distinct().toList();
        List<Row> rows = new ArrayList<>();
        for (String name : names) {
            List<Score> scores = places.stream()
                    .map(place -> baselines.stream()
                            .filter(baseline -> baseline.name().equals(name)
                                    && baseline.task().equals(group.tasks().get(place.task())))
                            .findFirst()
                            .map(baseline -> baseline.scores().get(place.split()))
                            .map(metrics -> metrics.get(place.metric()))
                            .map(value -> new Score(
                                    Shown.score(value),
                                    "",
                                    "",
                                    false,
                                    "",
                                    place.strip().line(value)))
                            .orElseGet(Score::none))
                    .toList();
            if (scores.stream().anyMatch(score -> !score.mean().isEmpty())) {
                rows.add(new Row(Shown.text(name), true, "", scores));
            }
        }
        return rows;
    }

    private static List<String> absent(ComparableRuns group, ReportInput input) {
        return group.absentBaselines(input.absent()).stream().map(Shown::text).toList();
    }

    /** A mean with its spread as one text. */
    static String meanAndSpread(Spread spread) {
        Double deviation = spread.deviation();
        return Shown.score(spread.mean()) + (deviation == null ? "" : " ± " + Shown.score(deviation)) + " ("
                + Shown.count(spread.count(), "seed") + ")";
    }
}
