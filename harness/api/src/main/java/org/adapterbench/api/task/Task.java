package org.adapterbench.api.task;

import java.util.List;

/**
 * A supervised task on one text or a pair.
 *
 * @param name             unique, {@code suite/task}, for instance {@code glue/mrpc}
 * @param description      one line
 * @param pair             whether each example has a second text
 * @param objective        labels or scale
 * @param metrics          the primary metric first
 * @param evaluationSplits names of the labelled splits that are scored, the primary one first
 *                         ({@code dev}; MNLI: {@code dev_matched, dev_mismatched})
 */
public record Task(
        String name,
        String description,
        boolean pair,
        Objective objective,
        List<Metric> metrics,
        List<String> evaluationSplits) {

    public Task {
        metrics = List.copyOf(metrics);
        evaluationSplits = List.copyOf(evaluationSplits);
        if (metrics.isEmpty() || evaluationSplits.isEmpty()) {
            throw new IllegalArgumentException(name + ": a task has at least one metric and one evaluation split");
        }
    }

    public Metric primaryMetric() {
        return metrics.get(0);
    }
}
