package org.adapterbench.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.adapterbench.api.OneLine;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.reports.Baseline;
import org.adapterbench.reports.Comparability;
import org.adapterbench.reports.ComparableRuns;
import org.adapterbench.reports.MissingRuns;
import org.adapterbench.reports.ReportInput;
import org.adapterbench.reports.Scores;
import org.adapterbench.reports.Spread;
import org.adapterbench.reports.TableHeadings;
import org.jspecify.annotations.Nullable;

/** The results in plain text: variants by tasks, mean and standard deviation over seeds, then the failures. */
final class TextTable {

    private static final String NO_SCORE = "-";

    private final ReportInput input;
    private final Scores scores;

    TextTable(ReportInput input) {
        this.input = input;
        this.scores = new Scores(input);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        List<ComparableRuns> groups = Comparability.group(input.records());
        TableHeadings headings = new TableHeadings(groups);
        for (ComparableRuns group : groups) {
            lines.add(OneLine.of(
                    "Results " + group.number() + ": " + headings.of(group) + "; mean ± standard deviation (seeds)"));
            if (!group.otherContent().isEmpty()) {
                lines.add(OneLine.of("  Other content than the official one: " + String.join(", ", group.otherContent())
                        + ". These scores are not comparable with published ones."));
            }
            group.absentBaselines(input.absent()).forEach(sentence -> lines.add(OneLine.of("  " + sentence)));
            lines.addAll(Text.columns(table(group)));
        }
        return lines;
    }

    private List<List<String>> table(ComparableRuns group) {
        List<List<String>> rows = new ArrayList<>();
        List<RunSpec.TaskSpec> tasks = List.copyOf(group.tasks().values());
        List<String> head = new ArrayList<>(List.of("  variant"));
        tasks.forEach(task -> head.add(
                task.name() + " " + Objects.requireNonNullElse(scores.primaryMetric(task.name()), "(no score)")));
        rows.add(head);
        for (String name :
                input.baselines().stream().map(Baseline::name).distinct().toList()) {
            List<String> row = new ArrayList<>(List.of("  (" + name + ")"));
            tasks.forEach(task -> row.add(baseline(name, task)));
            if (row.stream().skip(1).anyMatch(score -> !score.equals(NO_SCORE))) {
                rows.add(row);
            }
        }
        for (String variant : group.variants(input.variantOrder())) {
            List<String> row = new ArrayList<>(List.of("  " + variant));
            tasks.forEach(task -> row.add(cell(group, variant, task)));
            rows.add(row);
        }
        return rows;
    }

    private String cell(ComparableRuns group, String variant, RunSpec.TaskSpec task) {
        String metric = scores.primaryMetric(task.name());
        if (metric == null) {
            return NO_SCORE;
        }
        return group.cell(variant, task.name())
                .flatMap(cell -> Scores.spread(cell, Scores.primarySplit(task), metric))
                .map(TextTable::text)
                .orElse(NO_SCORE);
    }

    private String baseline(String name, RunSpec.TaskSpec task) {
        return input.baselines().stream()
                .filter(baseline ->
                        baseline.name().equals(name) && baseline.task().equals(task))
                .map(baseline -> value(baseline, task))
                .filter(Objects::nonNull)
                .map(value -> String.format(Locale.ROOT, "%.3f", value))
                .findFirst()
                .orElse(NO_SCORE);
    }

    private @Nullable Double value(Baseline baseline, RunSpec.TaskSpec task) {
        var metrics = baseline.scores().get(Scores.primarySplit(task));
        return metrics == null ? null : metrics.get(scores.primaryMetric(task.name()));
    }

    private static String text(Spread spread) {
        return spread.deviation() == null
                ? String.format(Locale.ROOT, "%.3f (%d)", spread.mean(), spread.count())
                : String.format(Locale.ROOT, "%.3f ± %.3f (%d)", spread.mean(), spread.deviation(), spread.count());
    }

    /** One line about the runs that the experiment asks for and that were not run yet, if there are any. */
    List<String> missing() {
        String text = MissingRuns.of(input).text();
        return text.isEmpty() ? List.of() : List.of(OneLine.of(text));
    }

    /** One line a failed run. */
    List<String> failures() {
        return input.records().stream()
                .filter(run -> run.failure() != null)
                .map(this::failure)
                .toList();
    }

    private boolean severalEncoders() {
        return input.records().stream()
                        .map(run -> run.spec().encoder())
                        .distinct()
                        .count()
                > 1;
    }

    private String failure(RunRecord run) {
        RunRecord.Failure failure = Objects.requireNonNull(run.failure());
        return OneLine.of(
                        "FAILED " + Label.of(run, severalEncoders()) + ": " + failure.kind() + ": " + failure.message())
                + " (run " + run.runId() + ")";
    }
}
