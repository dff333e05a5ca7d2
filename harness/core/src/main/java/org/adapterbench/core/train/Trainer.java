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
import org.adapterbench.core.weights.TensorMap;
import org.jspecify.annotations.Nullable;

/**
 * The training loop: for each epoch, shuffled batches, one optimizer step a batch, then an evaluation. The
 * same for every method; what trains is decided by the graph.
 */
public final class Trainer {

    /** The split name under which the slice of train appears in an epoch's scores. */
    public static final String SELECTION = "selection";

    /** In a saved state, before the name of a parameter of the best epoch. */
    private static final String BEST = "best/";

    private final TrainingGraph graph;
    private final Task task;
    private final EncoderConfig config;
    private final TrainingSpec spec;
    private final Evaluator evaluator;
    private final String stage;
    private final long seed;
    private final FrozenPrefix prefix;
    private final TrainingListener listener;
    private final TrainingCheckpoint checkpoint;
    private final long started = System.nanoTime();

    private final List<Float> lossCurve = new ArrayList<>();
    private final List<Outcome.Epoch> epochs = new ArrayList<>();
    private final List<float[][]> scores = new ArrayList<>();
    private int replayed;
    private final StepTimes times = new StepTimes();
    private double evaluationSeconds;
    private double checkpointSeconds;
    private double earlierSeconds;
    private double bestScore = Double.NEGATIVE_INFINITY;
    private Map<String, float[]> bestValues = Map.of();

    /**
     * @param stage {@code warm-up} or {@code train}; part of the derivation of shuffles and dropout
     * @param seed  the run seed
     * @param prefix where activations of frozen layers are kept
     * @param checkpoint from which an interrupted stage goes on
     */
    public Trainer(
            TrainingGraph graph,
            Task task,
            EncoderConfig config,
            TrainingSpec spec,
            String stage,
            long seed,
            FrozenPrefix prefix,
            TrainingListener listener,
            TrainingCheckpoint checkpoint) {
        this.graph = graph;
        this.task = task;
        this.config = config;
        this.spec = spec;
        this.evaluator = new Evaluator(this::scores, this::frozen, task, config, spec.batchSize());
        this.stage = stage;
        this.seed = seed;
        this.prefix = prefix;
        this.listener = listener;
        this.checkpoint = checkpoint;
    }

    /**
     * What training left.
     *
     * @param lossCurve   loss at each step
     * @param epochs      epoch 0 first
     * @param predictions of the reported checkpoint
     * @param reported    scores of those predictions, one an evaluation split
     * @param times       of all steps
     * @param evaluationSeconds wall time of all evaluations, without the first passes through frozen layers
     * @param frozenSeconds wall time of those first passes
     * @param checkpointSeconds wall time of keeping the state
     * @param earlierSeconds wall time of earlier processes that this one went on from
     */
    public record Result(
            List<Float> lossCurve,
            List<Outcome.Epoch> epochs,
            List<SplitPredictions> predictions,
            List<SplitScore> reported,
            StepTimes times,
            double evaluationSeconds,
            double frozenSeconds,
            double checkpointSeconds,
            double earlierSeconds) {}

    /**
     * Trains and leaves the reported checkpoint's values in the graph. When it is stopped it keeps its state first.
     *
     * @param training   the training selection without the slice
     * @param selection  slice of train that chooses the best epoch; empty with the rule {@code LAST}
     * @param evaluation scored after every epoch and before the first
     * @throws RunFailure of kind DIVERGED when the loss is not finite
     */
    public Result train(
            List<EncodedExample> training, List<EncodedExample> selection, List<EvaluationSet> evaluation) {
        boolean trains = !graph.trained().isEmpty() && spec.epochs() > 0;
        try {
            return trains ? trainAll(training, selection, evaluation) : evaluateOnly(selection, evaluation);
        } catch (RunStopped stopped) {
            save();
            throw stopped;
        } finally {
            checkpoint.settle();
        }
    }

    private Result evaluateOnly(List<EncodedExample> selection, List<EvaluationSet> evaluation) {
        resume(0);
        return result(epochs.isEmpty() ? evaluate(0, null, evaluation, selection) : predict(evaluation));
    }

    private Result trainAll(
            List<EncodedExample> training, List<EncodedExample> selection, List<EvaluationSet> evaluation) {
        BatchPlan plan = BatchPlan.forTraining(training, spec.batchSize());
        Schedule schedule = Schedule.of(plan.batches() * spec.epochs(), spec.warmupFraction());
        resume(schedule.total());
        List<SplitPredictions> predictions =
                epochs.isEmpty() ? evaluate(0, null, evaluation, selection) : List.of();
        boolean current = false;
        for (int epoch = epochs.size(); epoch <= spec.epochs(); epoch++) {
            double loss = epoch(epoch, training, plan, schedule);
            predictions = evaluate(epoch, loss, evaluation, selection);
            keepIfBest();
            current = true;
        }
        if (spec.checkpoint() == Checkpoint.BEST) {
            bestValues.forEach(graph::assign);
            current = false;
        }
        return result(current ? predictions : predict(evaluation));
    }

    private Result result(List<SplitPredictions> predictions) {
        List<SplitScore> reported = predictions.stream().map(evaluator::score).toList();
        return new Result(
                List.copyOf(lossCurve),
                List.copyOf(epochs),
                predictions,
                reported,
                times,
                evaluationSeconds,
                prefix.seconds(),
                checkpointSeconds,
                earlierSeconds);
    }

    private @Nullable StoredActivations frozen(List<EncodedExample> examples, List<BatchPlan.Slot> slots) {
        return prefix.of(graph, examples, slots, spec.batchSize(), batches -> listener.scored(stage, batches));
    }

    /** Trains what is left of an epoch. @return the mean loss of all its steps */
    private double epoch(int epoch, List<EncodedExample> training, BatchPlan plan, Schedule schedule) {
        RandomGenerator shuffle = Seeds.generator(Seeds.derive(seed, stage + ".shuffle." + epoch));
        List<BatchPlan.Slot> slots = plan.shuffled(shuffle);
        int before = (epoch - 1) * slots.size();
        List<BatchPlan.Slot> left = slots.subList(lossCurve.size() - before, slots.size());
        StoredActivations stored =
                graph.trainsOnFrozen() && !left.isEmpty() ? frozen(training, plan.inOrder()) : null;
        boolean stepped = false;
        for (BatchPlan.Slot slot : left) {
            RunStopped.check();
            saveIfDue();
            Batch batch = Batch.of(training, slot.examples(), spec.batchSize(), slot.length(), config);
            step(stored == null ? batch : stored.attachedTo(batch), schedule);
            stepped = true;
        }
        if (stepped) {
            save();
        }
        double sum = 0;
        for (float loss : lossCurve.subList(before, lossCurve.size())) {
            sum += loss;
        }
        return sum / slots.size();
    }

    private void step(Batch batch, Schedule schedule) {
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
    }

    private List<SplitPredictions> evaluate(
            int epoch, @Nullable Double loss, List<EvaluationSet> evaluation, List<EncodedExample> selection) {
        long begun = System.nanoTime();
        double apart = prefix.seconds() + checkpointSeconds;
        List<SplitPredictions> predictions = predict(evaluation);
        List<SplitScore> results = new ArrayList<>(
                predictions.stream().map(evaluator::score).toList());
        if (!selection.isEmpty()) {
            results.add(evaluator.score(evaluator.predict(new EvaluationSet(SELECTION, selection))));
        }
        scores.clear();
        replayed = 0;
        evaluationSeconds += (System.nanoTime() - begun) * 1e-9 + apart - prefix.seconds() - checkpointSeconds;
        Outcome.Epoch result = new Outcome.Epoch(epoch, loss, results);
        epochs.add(result);
        listener.evaluated(stage, result);
        return predictions;
    }

    private List<SplitPredictions> predict(List<EvaluationSet> evaluation) {
        return evaluation.stream().map(evaluator::predict).toList();
    }

    /** Head outputs of the evaluation's next batch; those that an interrupted one had computed are taken from it. */
    private float[][] scores(Batch batch) {
        if (replayed == scores.size()) {
            saveIfDue();
            scores.add(graph.logits(batch));
            listener.scored(stage, scores.size());
        }
        return scores.get(replayed++);
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

    private void saveIfDue() {
        if (checkpoint.due()) {
            save();
        }
    }

    private void save() {
        long begun = System.nanoTime();
        double seconds = earlierSeconds + (begun - started) * 1e-9;
        TrainingProgress progress = new TrainingProgress(
                lossCurve,
                epochs,
                scores,
                bestValues.isEmpty() ? null : bestScore,
                times.seconds(),
                times.examples(),
                times.tokens(),
                evaluationSeconds,
                seconds);
        TensorMap best = new TensorMap();
        for (TrainedParameter parameter : graph.trained()) {
            float[] values = bestValues.get(parameter.name());
            if (values != null) {
                best.put(BEST + parameter.name(), parameter.shape(), values);
            }
        }
        try (GraphState state = graph.state()) {
            checkpoint.write(new TrainingState(progress, new JoinedWeights(state, best)));
        }
        checkpointSeconds += (System.nanoTime() - begun) * 1e-9;
    }

    private void resume(int steps) {
        TrainingState kept = checkpoint.read().orElse(null);
        if (kept == null) {
            return;
        }
        TrainingProgress before = kept.progress();
        if (before.steps() > steps || !graph.fits(kept.tensors())) {
            checkpoint.reject("it is of another model or another training");
            return;
        }
        graph.restore(kept.tensors());
        lossCurve.addAll(before.lossCurve());
        epochs.addAll(before.epochs());
        scores.addAll(before.scores());
        times.resume(before);
        evaluationSeconds = before.evaluationSeconds();
        earlierSeconds = before.seconds();
        if (before.bestScore() != null) {
            bestScore = before.bestScore();
            Map<String, float[]> values = new LinkedHashMap<>();
            graph.trained().forEach(p -> values.put(p.name(), kept.tensors().values(BEST + p.name())));
            bestValues = values;
        }
        listener.resumed(stage, before.steps(), steps);
    }
}
