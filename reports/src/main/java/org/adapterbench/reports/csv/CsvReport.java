package org.adapterbench.reports.csv;

import java.nio.file.Path;
import org.adapterbench.reports.ReportFormat;
import org.adapterbench.reports.ReportInput;
import org.adapterbench.reports.Scores;

/**
 * Three tables: {@code runs.csv} with one row a run, {@code metrics.csv} with one row a score,
 * {@code summary.csv} with one row a variant, task, split and metric over all seeds.
 */
public final class CsvReport implements ReportFormat {

    @Override
    public void write(ReportInput input, Path folder) {
        Scores scores = new Scores(input);
        RunColumns.table(scores).write(folder.resolve("runs.csv"), input.records().stream());
        MetricRow.table()
                .write(folder.resolve("metrics.csv"), input.records().stream().flatMap(MetricRow::of));
        SummaryRow.table(scores).write(folder.resolve("summary.csv"), SummaryRow.of(input, scores));
    }
}
