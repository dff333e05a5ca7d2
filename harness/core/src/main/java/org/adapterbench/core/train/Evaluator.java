package org.adapterbench.core.train;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.adapterbench.api.FailureKind;
import org.adapterbench.api.RunFailure;
import org.adapterbench.api.record.Outcome.SplitScore;
import org.adapterbench.api.task.Metric;
import org.adapterbench.api.task.Objective;
import org.adapterbench.api.task.Task;
import org.adapterbench.core.RunStopped;
import org.adapterbench.core.weights.EncoderConfig;
import org.jspecify.annotations.Nullable;

/** Scores a model on labelled splits. */
public final class Evaluator {

    private final Function<Batch, float[][]> logits;
    private final Task task;
    private final EncoderConfig config;
    private final int batchSize;
    private final Frozen frozen;

    /** Stored activations of frozen layers for the batches of a selection, null to let the graph compute them. */
    interface Frozen {
        @Nullable
        StoredActivations of(List<EncodedExample> examples, List<BatchPlan.Slot> slots);
    }

    /** @param logits head outputs of a batch, one row an example */
    Evaluator(Function<Batch, float[][]> logits, Frozen frozen, Task task, EncoderConfig config, int batchSize) {
        this.logits = logits;
        this.task = task;
        this.config = config;
        this.batchSize = batchSize;
        this.frozen = frozen;
    }

    /** A labelled split, encoded. */
    public record EvaluationSet(String split, List<EncodedExample> examples) {
        public EvaluationSet {
            examples = List.copyOf(examples);
        }
    }

    /** Predictions for every example, in the set's order. */
    public SplitPredictions predict(EvaluationSet set) {
        List<EncodedExample> examples = set.examples();
        Prediction[] predictions = new Prediction[examples.size()];
        List<BatchPlan.Slot> slots =
                BatchPlan.forEvaluation(examples, batchSize).inOrder();
        StoredActivations stored = frozen.of(examples, slots);
        for (BatchPlan.Slot slot : slots) {
            RunStopped.check();
            Batch batch = Batch.of(examples, slot.examples(), batchSize, slot.length(), config);
            float[][] scores = logits.apply(stored == null ? batch : stored.attachedTo(batch));
            for (int row = 0; row < scores.length; row++) {
                requireFinite(set.split(), scores[row]);
                EncodedExample example = examples.get(slot.examples()[row]);
                predictions[slot.examples()[row]] =
                        new Prediction(example.id(), example.target(), answer(scores[row]), scores[row]);
            }
        }
        return new SplitPredictions(set.split(), Arrays.asList(predictions));
    }

    /** Metrics and mean loss of predictions. */
    public SplitScore score(SplitPredictions split) {
        int count = split.predictions().size();
        float[] predicted = new float[count];
        float[] expected = new float[count];
        double loss = 0;
        for (int i = 0; i < count; i++) {
            Prediction prediction = split.predictions().get(i);
            predicted[i] = prediction.predicted();
            expected[i] = prediction.expected();
            loss += Loss.of(task.objective(), prediction.scores(), prediction.expected());
        }
        SortedMap<String, Double> metrics = new TreeMap<>();
        for (Metric metric : task.metrics()) {
            metrics.put(metric.name(), metric.compute(predicted, expected));
        }
        return new SplitScore(split.split(), count, loss / count, metrics);
    }

    /** The last update of an epoch may have broken the weights, which no loss has shown yet. */
    private static void requireFinite(String split, float[] scores) {
        for (float score : scores) {
            if (!Float.isFinite(score)) {
                throw new RunFailure(FailureKind.DIVERGED, "the model scores " + score + " on split " + split);
            }
        }
    }

    /** The class with the largest score, the first of equals; or the value itself. */
    private float answer(float[] scores) {
        if (task.objective() instanceof Objective.Regression) {
            return scores[0];
        }
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            if (scores[i] > scores[best]) {
                best = i;
            }
        }
        return best;
    }
}
