package org.adapterbench.reports.csv;

import static org.adapterbench.reports.csv.CsvTable.column;

import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.reports.Cell;
import org.adapterbench.reports.Comparability;
import org.adapterbench.reports.ReportFormat;
import org.adapterbench.reports.ReportInput;
import org.adapterbench.reports.Scores;
import org.adapterbench.reports.Spread;
import org.adapterbench.reports.csv.CsvTable.Column;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code summary.csv}: one reported score over the seeds of one variant and task.
 *
 * @param table  the number of the result table; rows with different numbers must not be compared
 * @param metric null only where no run of the variant and task has finished and no metric is known
 * @param spread null where no run of the variant and task has finished
 */
record SummaryRow(
        int table,
        Cell cell,
        String split,
        @Nullable String metric,
        @Nullable Spread spread) {

    static CsvTable<SummaryRow> table(Scores scores) {
        return new CsvTable<>(List.of(
                column("report_version", row -> ReportFormat.VERSION),
                column("table", SummaryRow::table),
                column("encoder", row -> row.cell().spec().encoder().name()),
                column("task", row -> row.cell().task()),
                column("variant", row -> row.cell().variant()),
                column("method", row -> row.cell().spec().method().name()),
                column("split", SummaryRow::split),
                column("metric", SummaryRow::metric),
                column(
                        "higher_is_better",
                        row -> row.metric() == null
                                ? null
                                : scores.higherIsBetter(row.cell().task(), row.metric())),
                column("seeds", row -> row.spread() == null ? 0 : row.spread().count()),
                column("failed_seeds", row -> row.cell().failed().size()),
                spread("mean", Spread::mean),
                spread("sd", Spread::deviation),
                spread("min", Spread::least),
                spread("max", Spread::most),
                mean("parameters_method_mean", outcome ->
                        (double) outcome.parameters().method()),
                mean("parameters_head_mean", outcome ->
                        (double) outcome.parameters().head()),
                mean("parameters_total_mean", outcome ->
                        (double) outcome.parameters().total()),
                mean("parameters_model_mean", outcome ->
                        (double) outcome.parameters().model()),
                mean("saved_bytes_mean", outcome ->
                        (double) outcome.parameters().savedBytes()),
                mean("examples_per_second_mean", outcome -> outcome.cost().examplesPerSecond()),
                mean("tokens_per_second_mean", outcome -> outcome.cost().tokensPerSecond()),
                column("peak_resident_bytes_max", SummaryRow::peak)));
    }

    /** All rows, by result table and report order; a cell whose every run failed has one without a score. */
    static Stream<SummaryRow> of(ReportInput input, Scores scores) {
        return Comparability.group(input.records()).stream()
                .flatMap(group -> group.cells().stream()
                        .flatMap(cell -> cell.outcomes().isEmpty()
                                ? Stream.of(failed(group.number(), cell, scores))
                                : ofCell(group.number(), cell)));
    }

    private static SummaryRow failed(int table, Cell cell, Scores scores) {
        return new SummaryRow(
                table, cell, Scores.primarySplit(cell.spec().task()), scores.primaryMetric(cell.task()), null);
    }

    private record SplitMetric(String split, String metric) {}

    private static Stream<SummaryRow> ofCell(int table, Cell cell) {
        return cell.outcomes().stream()
                .flatMap(outcome -> outcome.reported().stream())
                .flatMap(score -> score.metrics().keySet().stream().map(name -> new SplitMetric(score.split(), name)))
                .distinct()
                .flatMap(key -> Scores.spread(cell, key.split(), key.metric()).stream()
                        .map(spread -> new SummaryRow(table, cell, key.split(), key.metric(), spread)));
    }

    private static Column<SummaryRow> spread(String name, Function<Spread, @Nullable Object> value) {
        return column(name, row -> row.spread() == null ? null : value.apply(row.spread()));
    }

    private static Column<SummaryRow> mean(String name, Function<Outcome, @Nullable Double> value) {
        return column(
                name,
                row -> Spread.of(row.cell().outcomes().stream()
                                .map(value)
                                .filter(Objects::nonNull)
                                .toList())
                        .map(Spread::mean)
                        .orElse(null));
    }

    private static @Nullable Long peak(SummaryRow row) {
        SortedSet<Long> peaks = new TreeSet<>();
        for (Outcome outcome : row.cell().outcomes()) {
            Long peak = outcome.cost().peakResidentBytes();
            if (peak != null) {
                peaks.add(peak);
            }
        }
        return peaks.isEmpty() ? null : peaks.last();
    }
}
