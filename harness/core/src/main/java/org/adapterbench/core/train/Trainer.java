package org.adapterbench.core.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.adapterbench.api.FailureKind;
import org.adapterbench.api.RunFailure;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.api.record.Outcome.SplitScore;
import org.adapterbench.api.record.RunSpec.Checkpoint;
import org.adapterbench.api.record.RunSpec.TrainingSpec;
import org.adapterbench.api.task.Metric;
import org.adapterbench.api.task.Task;
import org.adapterbench.core.Seeds;
import org.adapterbench.core.RunStopped;
import org.adapterbench.core.train.Evaluator.EvaluationSet;
import org.adapterbench.core.weights.EncoderConfig;
import org.jspecify.annotations.Nullable;

/**
 * The training loop: for each epoch, shuffled batches, one optimizer step a batch, then an evaluation. The
 * same for every method; what trains is decided by the graph.
 */
public final class Trainer {

    /** The split name under which the slice of train appears in an epoch's scores. */
    public static final String SELECTION = "selection";

    private final TrainingGraph graph;
    private final Task task;
    private final EncoderConfig config;
    private final TrainingSpec spec;
    private final Evaluator evaluator;
    private final String stage;
    private final long seed;
    private final TrainingListener listener;

    private final List<Float> lossCurve = new ArrayList<>();
    private final List<Outcome.Epoch> epochs = new ArrayList<>();
    private final StepTimes times = new StepTimes();
    private double evaluationSeconds;
    private double bestScore = Double.NEGATIVE_INFINITY;
    private Map<String, float[]> bestValues = Map.of();

    /**
     * @param stage {@code warm-up} or {@code train}; part of the derivation of shuffles and dropout
     * @param seed  the run seed
     */
    public Trainer(
            TrainingGraph graph,
            Task task,
            EncoderConfig config,
            TrainingSpec spec,
            String stage,
            long seed,
            TrainingListener listener) {
        this.graph = graph;
        this.task = task;
        this.config = config;
        this.spec = spec;
        this.evaluator = new Evaluator(graph, task, config, spec.batchSize());
        this.stage = stage;
        this.seed = seed;
        this.listener = listener;
    }

    /**
     * What training left.
     *
     * @param lossCurve   loss at each step
     * @param epochs      epoch 0 first
     * @param predictions of the reported checkpoint
     * @param reported    scores of those predictions, one an evaluation split
     * @param times       of all steps
     * @param evaluationSeconds wall time of all evaluations
     */
    public record Result(
            List<Float> lossCurve,
            List<Outcome.Epoch> epochs,
            List<SplitPredictions> predictions,
            List<SplitScore> reported,
            StepTimes times,
            double evaluationSeconds) {}

    /**
     * Trains and leaves the reported checkpoint's values in the graph.
     *
     * @param training   the training selection without the slice
     * @param selection  slice of train that chooses the best epoch; empty with the rule {@code LAST}
     * @param evaluation scored after every epoch and before the first
     * @throws RunFailure of kind DIVERGED when the loss is not finite
     */
    public Result train(
            List<EncodedExample> training, List<EncodedExample> selection, List<EvaluationSet> evaluation) {
        List<SplitPredictions> predictions = evaluate(0, null, evaluation, selection);
        boolean trains = !graph.trained().isEmpty() && spec.epochs() > 0;
        if (trains) {
            BatchPlan plan = BatchPlan.forTraining(training, spec.batchSize());
            Schedule schedule = Schedule.of(plan.batches() * spec.epochs(), spec.warmupFraction());
            for (int epoch = 1; epoch <= spec.epochs(); epoch++) {
                double loss = epoch(epoch, training, plan, schedule);
                predictions = evaluate(epoch, loss, evaluation, selection);
                keepIfBest();
            }
            if (spec.checkpoint() == Checkpoint.BEST) {
                bestValues.forEach(graph::assign);
                predictions = evaluation.stream().map(evaluator::predict).toList();
            }
        }
        List<SplitScore> reported = predictions.stream().map(evaluator::score).toList();
        return new Result(List.copyOf(lossCurve), List.copyOf(epochs), predictions, reported, times, evaluationSeconds);
    }

    private double epoch(int epoch, List<EncodedExample> training, BatchPlan plan, Schedule schedule) {
        RandomGenerator shuffle = Seeds.generator(Seeds.derive(seed, stage + ".shuffle." + epoch));
        double sum = 0;
        int before = lossCurve.size();
        for (BatchPlan.Slot slot : plan.shuffled(shuffle)) {
            RunStopped.check();
            Batch batch = Batch.of(training, slot.examples(), spec.batchSize(), slot.length(), config);
            sum += step(batch, schedule);
        }
        return sum / (lossCurve.size() - before);
    }

    private float step(Batch batch, Schedule schedule) {
        int step = lossCurve.size() + 1;
        long started = System.nanoTime();
        float loss = graph.step(
                batch, step, schedule.share(step - 1), Seeds.derive(seed, stage + ".dropout." + step));
        times.add((System.nanoTime() - started) * 1e-9, batch.examples().length, batch.realTokens());
        if (!Float.isFinite(loss)) {
            throw new RunFailure(
                    FailureKind.DIVERGED,
                    "loss is " + loss + " at step " + step + " of " + schedule.total() + " (" + stage + ")");
        }
        lossCurve.add(loss);
        listener.step(stage, step, schedule.total(), loss);
        return loss;
    }

    private List<SplitPredictions> evaluate(
            int epoch, @Nullable Double loss, List<EvaluationSet> evaluation, List<EncodedExample> selection) {
        long started = System.nanoTime();
        List<SplitPredictions> predictions = evaluation.stream().map(evaluator::predict).toList();
        List<SplitScore> scores = new ArrayList<>(
                predictions.stream().map(evaluator::score).toList());
        if (!selection.isEmpty()) {
            scores.add(evaluator.score(evaluator.predict(new EvaluationSet(SELECTION, selection))));
        }
        evaluationSeconds += (System.nanoTime() - started) * 1e-9;
        Outcome.Epoch result = new Outcome.Epoch(epoch, loss, scores);
        epochs.add(result);
        listener.evaluated(stage, result);
        return predictions;
    }

    private void keepIfBest() {
        if (spec.checkpoint() != Checkpoint.BEST) {
            return;
        }
        Metric metric = task.primaryMetric();
        List<SplitScore> scores = epochs.get(epochs.size() - 1).scores();
        double value = scores.get(scores.size() - 1).metrics().get(metric.name()) * (metric.higherIsBetter() ? 1 : -1);
        if (value > bestScore) {
            bestScore = value;
            Map<String, float[]> values = new LinkedHashMap<>();
            graph.trained().forEach(p -> values.put(p.name(), graph.value(p.name())));
            bestValues = values;
        }
    }
}
