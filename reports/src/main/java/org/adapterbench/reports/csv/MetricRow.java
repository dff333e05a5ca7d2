package org.adapterbench.reports.csv;

import static org.adapterbench.reports.csv.CsvTable.column;

import java.util.List;
import java.util.stream.Stream;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.reports.ReportFormat;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code metrics.csv}: one score of one run.
 *
 * @param checkpoint {@code epoch} for the evaluation after an epoch, {@code reported} for the run's result
 * @param epoch      null for {@code reported}
 * @param metric     metric name, or {@code loss}
 */
record MetricRow(
        RunRecord run,
        String split,
        String checkpoint,
        @Nullable Integer epoch,
        String metric,
        @Nullable Double value) {

    static CsvTable<MetricRow> table() {
        return new CsvTable<>(List.of(
                column("report_version", row -> ReportFormat.VERSION),
                column("run_id", row -> row.run().runId()),
                column("encoder", row -> row.run().spec().encoder().name()),
                column("task", row -> row.run().spec().task().name()),
                column("variant", row -> row.run().variant()),
                column("seed", row -> row.run().spec().seed()),
                column("split", MetricRow::split),
                column("checkpoint", MetricRow::checkpoint),
                column("epoch", MetricRow::epoch),
                column("metric", MetricRow::metric),
                column("value", MetricRow::value)));
    }

    /** All scores of a run: epochs in order, then the reported ones; none for a failed run. */
    static Stream<MetricRow> of(RunRecord run) {
        Outcome outcome = run.outcome();
        return outcome == null
                ? Stream.empty()
                : Stream.concat(
                        outcome.epochs().stream().flatMap(epoch -> ofEpoch(run, epoch)),
                        outcome.reported().stream().flatMap(score -> ofSplit(run, score, "reported", null)));
    }

    private static Stream<MetricRow> ofEpoch(RunRecord run, Outcome.Epoch epoch) {
        String train = run.spec().task().train().split();
        Stream<MetricRow> loss = epoch.trainLoss() == null
                ? Stream.empty()
                : Stream.of(new MetricRow(run, train, "epoch", epoch.epoch(), "loss", epoch.trainLoss()));
        return Stream.concat(
                loss, epoch.scores().stream().flatMap(score -> ofSplit(run, score, "epoch", epoch.epoch())));
    }

    private static Stream<MetricRow> ofSplit(
            RunRecord run, Outcome.SplitScore score, String checkpoint, @Nullable Integer epoch) {
        return Stream.concat(
                Stream.of(new MetricRow(run, score.split(), checkpoint, epoch, "loss", score.loss())),
                score.metrics().entrySet().stream()
                        .map(metric -> new MetricRow(
                                run, score.split(), checkpoint, epoch, metric.getKey(), metric.getValue())));
    }
}
