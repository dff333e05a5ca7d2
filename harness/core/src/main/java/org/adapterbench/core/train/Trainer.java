package org.adapterbench.core.train;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.adapterbench.api.FailureKind;
import org.adapterbench.api.RunFailure;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.api.record.Outcome.SplitScore;
import org.adapterbench.api.record.RunSpec.Checkpoint;
import org.adapterbench.api.record.RunSpec.TrainingSpec;
import org.adapterbench.api.task.Task;
import org.adapterbench.core.RunStopped;
import org.adapterbench.core.Seeds;
import org.adapterbench.core.train.Evaluator.EvaluationSet;
import org.adapterbench.core.train.TrainingClock.Part;
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
    private final EncoderConfig config;
    private final TrainingSpec spec;
    private final Evaluator evaluator;
    private final String stage;
    private final long seed;
    private final FrozenPrefix prefix;
    private final TrainingListener listener;
    private final TrainingCheckpoint checkpoint;
    private final TrainingHistory history = new TrainingHistory();
    private final EvaluationScores scores = new EvaluationScores();
    private final BestEpoch best;

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
        this.config = config;
        this.spec = spec;
        this.evaluator = new Evaluator(this::scores, this::frozen, task, config, spec.batchSize());
        this.stage = stage;
        this.seed = seed;
        this.prefix = prefix;
        this.listener = listener;
        this.checkpoint = checkpoint;
        this.best = new BestEpoch(task.primaryMetric());
    }

    /**
     * What training left.
     *
     * @param lossCurve   loss at each step
     * @param epochs      epoch 0 first
     * @param predictions of the reported checkpoint
     * @param reported    scores of those predictions, one an evaluation split
     * @param times       of all steps
     * @param seconds     wall time by what it went into
     * @param earlierSeconds part of it: wall time of earlier processes that this one went on from
     */
    public record Result(
            List<Float> lossCurve,
            List<Outcome.Epoch> epochs,
            List<SplitPredictions> predictions,
            List<SplitScore> reported,
            StepTimes times,
            TrainingSeconds seconds,
            double earlierSeconds) {}

    /**
     * Trains and leaves the reported checkpoint's values in the graph. When it is stopped it keeps its state first.
     *
     * @param training   the training selection without the slice
     * @param selection  slice of train that chooses the best epoch; empty with the rule {@code LAST}
     * @param evaluation scored after every epoch and before the first
     * @throws RunFailure of kind DIVERGED when the loss is not finite
     */
    public Result train(List<EncodedExample> training, List<EncodedExample> selection, List<EvaluationSet> evaluation) {
        boolean trains = !graph.trained().isEmpty() && spec.epochs() > 0;
        try {
            List<SplitPredictions> predictions =
                    trains ? trainAll(training, selection, evaluation) : evaluateOnly(selection, evaluation);
            history.clock().time(Part.CHECKPOINT, checkpoint::settle);
            return result(predictions);
        } catch (RunStopped stopped) {
            save();
            throw stopped;
        } finally {
            checkpoint.settle();
        }
    }

    private List<SplitPredictions> evaluateOnly(List<EncodedExample> selection, List<EvaluationSet> evaluation) {
        resume(0);
        return history.epochs().isEmpty() ? evaluate(0, null, evaluation, selection) : predict(evaluation);
    }

    private List<SplitPredictions> trainAll(
            List<EncodedExample> training, List<EncodedExample> selection, List<EvaluationSet> evaluation) {
        BatchPlan plan = BatchPlan.forTraining(training, spec.batchSize());
        Schedule schedule = Schedule.of(plan.batches() * spec.epochs(), spec.warmupFraction());
        resume(schedule.total());
        if (history.epochs().isEmpty()) {
            evaluate(0, null, evaluation, selection);
        }
        List<SplitPredictions> current = null;
        for (int epoch = history.epochs().size(); epoch <= spec.epochs(); epoch++) {
            double loss = epoch(epoch, training, plan, schedule);
            current = evaluate(epoch, loss, evaluation, selection);
            if (spec.checkpoint() == Checkpoint.BEST) {
                best.offer(history.epochs().get(epoch), graph);
            }
        }
        if (spec.checkpoint() == Checkpoint.BEST) {
            best.restore(graph);
            current = null;
        }
        return current != null ? current : predict(evaluation);
    }

    private Result result(List<SplitPredictions> predictions) {
        List<SplitScore> reported = history.clock()
                .time(
                        Part.EVALUATION,
                        () -> predictions.stream().map(evaluator::score).toList());
        TrainingClock clock = history.clock();
        return new Result(
                history.losses(),
                history.epochs(),
                predictions,
                reported,
                history.times(),
                clock.seconds(),
                clock.earlier().total());
    }

    private @Nullable StoredActivations frozen(List<EncodedExample> examples, List<BatchPlan.Slot> slots) {
        return history.clock()
                .<@Nullable StoredActivations>time(
                        Part.FROZEN_LAYERS,
                        () -> prefix.of(
                                graph, examples, slots, spec.batchSize(), batches -> listener.scored(stage, batches)));
    }

    /** Trains what is left of an epoch. @return the mean loss of all its steps */
    private double epoch(int epoch, List<EncodedExample> training, BatchPlan plan, Schedule schedule) {
        RandomGenerator shuffle = Seeds.generator(Seeds.derive(seed, stage + ".shuffle." + epoch));
        List<BatchPlan.Slot> slots = plan.shuffled(shuffle);
        int before = (epoch - 1) * slots.size();
        List<BatchPlan.Slot> left = slots.subList(history.steps() - before, slots.size());
        StoredActivations stored = graph.trainsOnFrozen() && !left.isEmpty() ? frozen(training, plan.inOrder()) : null;
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
        return history.meanLoss(before);
    }

    private void step(Batch batch, Schedule schedule) {
        int step = history.steps() + 1;
        long started = System.nanoTime();
        float loss = graph.step(batch, step, schedule.share(step - 1), Seeds.derive(seed, stage + ".dropout." + step));
        history.times().add((System.nanoTime() - started) * 1e-9, batch.examples().length, batch.realTokens());
        if (!Float.isFinite(loss)) {
            throw new RunFailure(
                    FailureKind.DIVERGED,
                    "loss is " + loss + " at step " + step + " of " + schedule.total() + " (" + stage + ")");
        }
        history.add(loss);
        listener.step(stage, step, schedule.total(), loss);
    }

    private List<SplitPredictions> evaluate(
            int epoch, @Nullable Double loss, List<EvaluationSet> evaluation, List<EncodedExample> selection) {
        List<SplitScore> results = new ArrayList<>();
        List<SplitPredictions> predictions = history.clock().time(Part.EVALUATION, () -> {
            List<SplitPredictions> predicted = predict(evaluation);
            predicted.forEach(split -> results.add(evaluator.score(split)));
            if (!selection.isEmpty()) {
                results.add(evaluator.score(evaluator.predict(new EvaluationSet(SELECTION, selection))));
            }
            return predicted;
        });
        scores.clear();
        Outcome.Epoch result = new Outcome.Epoch(epoch, loss, results);
        history.add(result);
        listener.evaluated(stage, result);
        return predictions;
    }

    private List<SplitPredictions> predict(List<EvaluationSet> evaluation) {
        return history.clock()
                .time(
                        Part.EVALUATION,
                        () -> evaluation.stream().map(evaluator::predict).toList());
    }

    private float[][] scores(Batch batch) {
        return scores.next(() -> {
            saveIfDue();
            float[][] computed = graph.logits(batch);
            listener.scored(stage, scores.all().size() + 1);
            return computed;
        });
    }

    private void saveIfDue() {
        if (checkpoint.due()) {
            save();
        }
    }

    private void save() {
        TrainingProgress progress = history.progress(scores.all(), best.score());
        history.clock().time(Part.CHECKPOINT, () -> {
            try (GraphState state = graph.state()) {
                checkpoint.write(new TrainingState(progress, new JoinedWeights(state, best.tensors(graph))));
            }
        });
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
        history.resume(before);
        scores.resume(before.scores());
        Double bestScore = before.bestScore();
        if (bestScore != null) {
            best.resume(bestScore, kept.tensors(), graph);
        }
        listener.resumed(stage, before.steps(), steps);
    }
}
