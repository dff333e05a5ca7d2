package org.adapterbench.core.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.api.record.Outcome.SplitScore;
import org.adapterbench.api.task.Metric;
import org.adapterbench.core.weights.TensorMap;
import org.adapterbench.core.weights.WeightSource;
import org.jspecify.annotations.Nullable;

/** The epoch with the best score on the slice of train, the earlier one where two are equal, and its values. */
final class BestEpoch {

    /** In a saved state, before the name of a parameter of the best epoch. */
    private static final String BEST = "best/";

    private final Metric metric;
    private double score = Double.NEGATIVE_INFINITY;
    private Map<String, float[]> values = Map.of();

    BestEpoch(Metric metric) {
        this.metric = metric;
    }

    /** Takes the graph's values when the epoch is better than those before; its last score is that of the slice. */
    void offer(Outcome.Epoch epoch, TrainingGraph graph) {
        List<SplitScore> scores = epoch.scores();
        double value = scores.get(scores.size() - 1).metrics().get(metric.name()) * (metric.higherIsBetter() ? 1 : -1);
        if (value > score) {
            score = value;
            Map<String, float[]> taken = new LinkedHashMap<>();
            graph.trained().forEach(p -> taken.put(p.name(), graph.value(p.name())));
            values = taken;
        }
    }

    /** Gives the graph the values back. */
    void restore(TrainingGraph graph) {
        values.forEach(graph::assign);
    }

    /** Null before the first epoch. */
    @Nullable
    Double score() {
        return values.isEmpty() ? null : score;
    }

    /** The values for a saved state; none before the first epoch. */
    TensorMap tensors(TrainingGraph graph) {
        TensorMap best = new TensorMap();
        for (TrainedParameter parameter : graph.trained()) {
            float[] taken = values.get(parameter.name());
            if (taken != null) {
                best.put(BEST + parameter.name(), parameter.shape(), taken);
            }
        }
        return best;
    }

    /** Goes on from a saved state. */
    void resume(double before, WeightSource tensors, TrainingGraph graph) {
        score = before;
        Map<String, float[]> taken = new LinkedHashMap<>();
        graph.trained().forEach(p -> taken.put(p.name(), tensors.values(BEST + p.name())));
        values = taken;
    }
}
