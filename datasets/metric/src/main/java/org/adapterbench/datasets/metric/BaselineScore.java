package org.adapterbench.datasets.metric;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.adapterbench.api.task.LabelledExample;
import org.adapterbench.api.task.LabelledSplit;
import org.adapterbench.api.task.Metric;
import org.adapterbench.api.task.Task;

/**
 * What a baseline reaches on a split.
 *
 * @param baseline its name
 * @param metrics  value by metric name, for all of the task's metrics
 */
public record BaselineScore(String baseline, SortedMap<String, Double> metrics) {

    public BaselineScore {
        metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
    }

    /** Trains the baseline on one split and scores it on the other. */
    public static BaselineScore of(Baseline baseline, Task task, LabelledSplit train, LabelledSplit evaluation) {
        float[] predicted = baseline.predict(
                task,
                train,
                evaluation.examples().stream().map(LabelledExample::input).toList());
        float[] expected = new float[predicted.length];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = evaluation.examples().get(i).target();
        }
        SortedMap<String, Double> metrics = new TreeMap<>();
        for (Metric metric : task.metrics()) {
            metrics.put(metric.name(), metric.compute(predicted, expected));
        }
        return new BaselineScore(baseline.name(), metrics);
    }
}
