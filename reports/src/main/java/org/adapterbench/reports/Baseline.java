package org.adapterbench.reports;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.adapterbench.api.record.RunSpec;

/**
 * The scores of a trivial predictor. It is shown only beside runs on exactly the same data.
 *
 * @param task   the selections it was fitted and scored on
 * @param name   for instance {@code majority} or {@code bag of words}
 * @param scores metric values by evaluation split and metric name
 */
public record Baseline(RunSpec.TaskSpec task, String name, SortedMap<String, SortedMap<String, Double>> scores) {

    public Baseline {
        SortedMap<String, SortedMap<String, Double>> copy = new TreeMap<>();
        scores.forEach((split, metrics) -> copy.put(split, Collections.unmodifiableSortedMap(new TreeMap<>(metrics))));
        scores = Collections.unmodifiableSortedMap(copy);
    }
}
