package org.adapterbench.reports;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.api.record.RunSpec;
import org.jspecify.annotations.Nullable;

/** Looks up scores in records. */
public final class Scores {

    private final Map<String, TaskMetrics> tasks = new HashMap<>();
    private final Map<String, String> assumed = new HashMap<>();

    public Scores(ReportInput input) {
        input.tasks().forEach(task -> tasks.put(task.task(), task));
        for (RunRecord run : input.records()) {
            firstMetric(run)
                    .ifPresent(metric -> assumed.putIfAbsent(run.spec().task().name(), metric));
        }
    }

    private static Optional<String> firstMetric(RunRecord run) {
        Outcome outcome = run.outcome();
        return outcome == null
                ? Optional.empty()
                : outcome.reported().stream()
                        .flatMap(score -> score.metrics().keySet().stream())
                        .findFirst();
    }

    /** The metric that stands for the task: the declared one, else the first by name; null without any score. */
    public @Nullable String primaryMetric(String task) {
        TaskMetrics declared = tasks.get(task);
        return declared == null ? assumed.get(task) : declared.metrics().get(0).metric();
    }

    /** Whether larger values are better; null where the task is unknown. */
    public @Nullable Boolean higherIsBetter(String task, String metric) {
        TaskMetrics declared = tasks.get(task);
        return declared == null
                ? null
                : declared.metrics().stream()
                        .filter(direction -> direction.metric().equals(metric))
                        .map(TaskMetrics.Direction::higherIsBetter)
                        .findFirst()
                        .orElse(null);
    }

    /** The evaluation split that stands for the task. */
    public static String primarySplit(RunSpec.TaskSpec task) {
        return task.evaluation().isEmpty() ? "" : task.evaluation().get(0).split();
    }

    /** A score of the reported checkpoint; null where the run failed or lacks it. */
    public static @Nullable Double reported(RunRecord run, String split, @Nullable String metric) {
        Outcome outcome = run.outcome();
        return outcome == null || metric == null ? null : find(outcome.reported(), split, metric);
    }

    /** The score on the primary split in the primary metric; null where the run failed or lacks it. */
    public @Nullable Double primary(RunRecord run) {
        RunSpec.TaskSpec task = run.spec().task();
        return reported(run, primarySplit(task), primaryMetric(task.name()));
    }

    /** A score among those of one evaluation. */
    public static @Nullable Double find(List<Outcome.SplitScore> scores, String split, String metric) {
        return scores.stream()
                .filter(score -> score.split().equals(split))
                .map(score -> score.metrics().get(metric))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** The spread of a reported score over a cell's finished runs. */
    public static Optional<Spread> spread(Cell cell, String split, String metric) {
        return Spread.of(cell.finished().stream()
                .map(run -> reported(run, split, metric))
                .filter(Objects::nonNull)
                .toList());
    }
}
