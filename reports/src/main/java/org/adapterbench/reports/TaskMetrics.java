package org.adapterbench.reports;

import java.util.List;
import org.adapterbench.api.task.Task;

/**
 * How to read a task's scores.
 *
 * @param task    the task's name
 * @param metrics the primary metric first
 */
public record TaskMetrics(String task, List<Direction> metrics) {

    public TaskMetrics {
        metrics = List.copyOf(metrics);
        if (metrics.isEmpty()) {
            throw new IllegalArgumentException(task + ": a task has at least one metric");
        }
    }

    /** A metric's name and whether larger values are better. */
    public record Direction(String metric, boolean higherIsBetter) {}

    /** What a task itself declares. */
    public static TaskMetrics of(Task task) {
        return new TaskMetrics(
                task.name(),
                task.metrics().stream()
                        .map(metric -> new Direction(metric.name(), metric.higherIsBetter()))
                        .toList());
    }
}
