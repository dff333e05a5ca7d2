package org.adapterbench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.RunSpec.Checkpoint;
import org.adapterbench.api.record.RunSpec.DropoutLayers;
import org.adapterbench.api.record.RunSpec.TrainingSpec;
import org.adapterbench.core.config.Defaults;
import org.adapterbench.core.config.Save;
import org.adapterbench.core.encoder.ModelLayout;
import org.adapterbench.core.train.ActivationStore;
import org.adapterbench.core.weights.EncoderConfig;
import org.adapterbench.core.weights.EncoderConfig.Activation;
import org.adapterbench.core.weights.EncoderConfig.Family;
import org.junit.jupiter.api.Test;

/** Three epochs of 1,000 training and 100 evaluation examples with an encoder of 12 layers of 384 values. */
final class CostFormulaTest {

    private static final EncoderConfig ENCODER =
            new EncoderConfig(Family.BERT, 30522, 384, 12, 12, 1536, 512, 2, 1e-12, Activation.GELU, 0);
    private static final ModelLayout LAYOUT = new ModelLayout(ENCODER, 2);

    private static final long HEAD = 384 * 384 + 384 + 2 * 384 + 2;
    private static final long ALL = 33_212_160 + HEAD;

    /** Forward passes over them cost 10 and 1, in units of their own. */
    private static final Batches BATCHES = new Batches(
            new Workload(32, 10e12, 48, 1000, 24_000),
            new Workload(0, 0, 0, 0, 0),
            List.of(new Workload(4, 1e12, 48, 100, 2400)));

    private static final Reach FULL = Reach.everything(LAYOUT);
    private static final Reach LAST_4 = new Reach(new Reach.Layers(12, 8), 0, new Reach.Trained(true, 0, 1000, HEAD));
    private static final Reach HEAD_ONLY = new Reach(new Reach.Layers(12, 12), 0, new Reach.Trained(true, 0, 0, HEAD));
    private static final Reach NOTHING = new Reach(new Reach.Layers(12, 12), 0, new Reach.Trained(false, 0, 0, 0));

    private static final double EXACT = 1e-6;

    private final ActivationRoom room = new ActivationRoom(4L << 30);

    private static TrainingSpec recipe(DropoutLayers dropout, Checkpoint checkpoint) {
        TrainingSpec standard = Defaults.TRAINING;
        return standard.toBuilder()
                .epochs(3)
                .batchSize(32)
                .dropout(0.1)
                .dropoutLayers(dropout)
                .checkpoint(checkpoint)
                .selectionExamples(0)
                .build();
    }

    private static CostFormula formula(Reach reach, DropoutLayers dropout) {
        return new CostFormula(
                LAYOUT, recipe(dropout, Checkpoint.LAST), reach, BATCHES, Save.ADAPTER, Numerics.PORTABLE);
    }

    private double work(Reach reach, DropoutLayers dropout) {
        return formula(reach, dropout).cost(room, null).flops() / 1e12;
    }

    @Test
    void whereNothingIsFrozenEveryPassIsWhole() {
        for (DropoutLayers dropout : DropoutLayers.values()) {
            assertThat(work(FULL, dropout)).isCloseTo(3 * 10 * 3 + 4, within(EXACT));
        }
    }

    @Test
    void withDropoutInAllLayersOnlyTheEvaluationReusesFrozenLayers() {
        assertThat(work(HEAD_ONLY, DropoutLayers.ALL)).isCloseTo(3 * 10 + 1, within(EXACT));
        assertThat(work(LAST_4, DropoutLayers.ALL))
                .isCloseTo(3 * 10 * (1 + 4 / 12.0) + 4 * 4 / 12.0 + 8 / 12.0, within(EXACT));
    }

    @Test
    void withDropoutAboveFrozenLayersTheyAreComputedOnceForAllEpochs() {
        assertThat(work(HEAD_ONLY, DropoutLayers.ADAPTED)).isCloseTo(10 + 1, within(EXACT));
        assertThat(work(LAST_4, DropoutLayers.ADAPTED))
                .isCloseTo(3 * 10 * (4 + 4) / 12.0 + 4 * 4 / 12.0 + (10 + 1) * 8 / 12.0, within(EXACT));
    }

    @Test
    void aLaterRunOfTheGroupThatFreezesAsManyLayersFindsThemComputed() {
        work(HEAD_ONLY, DropoutLayers.ADAPTED);
        work(LAST_4, DropoutLayers.ADAPTED);

        assertThat(work(HEAD_ONLY, DropoutLayers.ADAPTED)).isZero();
        assertThat(work(NOTHING, DropoutLayers.ALL)).isZero();
        assertThat(work(LAST_4, DropoutLayers.ADAPTED))
                .isCloseTo(3 * 10 * (4 + 4) / 12.0 + 4 * 4 / 12.0, within(EXACT));
    }

    @Test
    void withoutRoomEveryPassComputesFrozenLayers() {
        RunCost cost = formula(LAST_4, DropoutLayers.ADAPTED).cost(new ActivationRoom(0), null);

        assertThat(cost.flops() / 1e12).isCloseTo(3 * 10 * (1 + 4 / 12.0) + 4, within(EXACT));
        assertThat(cost.disk().activations()).isZero();
    }

    @Test
    void theBestEpochIsScoredOnceMoreAndItsValuesAreInTheState() {
        CostFormula best = new CostFormula(
                LAYOUT, recipe(DropoutLayers.ALL, Checkpoint.BEST), FULL, BATCHES, Save.ADAPTER, Numerics.PORTABLE);

        assertThat(best.cost(room, null).flops() / 1e12).isCloseTo(3 * 10 * 3 + 5, within(EXACT));
        assertThat(best.cost(room, null).disk().checkpoint()).isEqualTo(2 * 4 * 4 * ALL);
    }

    @Test
    void aWarmUpTrainsEverythingAndScoresNothing() {
        CostFormula.Warmup warmup =
                new CostFormula.Warmup(recipe(DropoutLayers.ALL, Checkpoint.LAST), BATCHES.training());
        RunCost cost = formula(NOTHING, DropoutLayers.ALL).cost(room, warmup);

        assertThat(cost.warmupSteps()).isEqualTo(3 * 32);
        assertThat(cost.steps()).isZero();
        assertThat(cost.flops() / 1e12).isCloseTo(3 * 10 * 3 + 1, within(EXACT));
        assertThat(cost.disk().warmup()).isEqualTo(4 * ALL);
        assertThat(cost.disk().warmupCheckpoint()).isEqualTo(2 * 4 * 3 * ALL);
        assertThat(cost.disk().checkpoint()).isZero();
    }

    @Test
    void activationsAreTheHiddenValuesOfEveryTokenOrWhereTheHeadFollowsOfEveryExample() {
        Workload training = BATCHES.training();

        assertThat(training.activations(ENCODER, 8)).isEqualTo(384 * 24_000);
        assertThat(training.activations(ENCODER, 12)).isEqualTo(384 * 1000);
        assertThat(training.times(2).activations(ENCODER, 8)).isEqualTo(2 * 384 * 24_000);
    }

    @Test
    void activationsThatMemoryHasNoRoomForTakeDiskAndBfloat16ValuesHalfAsMuch() {
        // 369 MB of training and 3.7 MB of evaluation: six segments, of which memory holds four.
        assertThat(activationsOnDisk(Numerics.PORTABLE)).isEqualTo(2L * ActivationStore.SEGMENT_BYTES);
        assertThat(activationsOnDisk(Numerics.FAST_BF16)).isZero();
    }

    private static long activationsOnDisk(Numerics numerics) {
        Batches longer = new Batches(BATCHES.training().times(10), BATCHES.slice(), BATCHES.evaluation());
        TrainingSpec recipe = recipe(DropoutLayers.ADAPTED, Checkpoint.LAST);
        return new CostFormula(LAYOUT, recipe, LAST_4, longer, Save.ADAPTER, numerics)
                .cost(new ActivationRoom(4L << 30), null)
                .disk()
                .activations();
    }

    /** Of 12 H² a token in the last of 12 layers all but 2 H², forward and, where gradients pass, in both of backward. */
    @Test
    void fastNumericsLeaveOutWhatNothingReadsInTheLastLayer() {
        double unread = 10 / 12.0 / 12;

        assertThat(fastWork(FULL)).isCloseTo((3 * 10 * 3 + 4) * (1 - unread), within(EXACT));
        assertThat(fastWork(LAST_4))
                .isCloseTo(
                        3 * 10 * (4 / 12.0 - unread) * 2 + 4 * (4 / 12.0 - unread) + (10 + 1) * 8 / 12.0,
                        within(EXACT));
        assertThat(fastWork(HEAD_ONLY)).isCloseTo((10 + 1) * (1 - unread), within(EXACT));
    }

    /** All weights of the last 4 layers, had the encoder no others: the last layer's gradients of them count as all. */
    @Test
    void fastNumericsLeaveOutTheLastLayersWeightGradientsToo() {
        double unread = 10 / 12.0 / 12;
        Reach weights = new Reach(new Reach.Layers(12, 8), 4 / 12.0, new Reach.Trained(true, 1000, 0, HEAD));
        assertThat(fastWork(weights) - fastWork(LAST_4)).isCloseTo(3 * 10 * (4 / 12.0 - unread), within(EXACT));
    }

    private static double fastWork(Reach reach) {
        return fast(reach).cost(new ActivationRoom(4L << 30), null).flops() / 1e12;
    }

    private static CostFormula fast(Reach reach) {
        TrainingSpec recipe = recipe(DropoutLayers.ADAPTED, Checkpoint.LAST);
        return new CostFormula(LAYOUT, recipe, reach, BATCHES, Save.ADAPTER, Numerics.FAST);
    }

    /** A step on texts this short holds less than the maps of all layers, which an evaluation turns. */
    @Test
    void fastNumericsHoldTurnedWeightsBetweenSteps() {
        Batches shorter = new Batches(new Workload(32, 10e12, 12, 1000, 6000), BATCHES.slice(), BATCHES.evaluation());
        TrainingSpec recipe = recipe(DropoutLayers.ALL, Checkpoint.LAST);
        long fast = new CostFormula(LAYOUT, recipe, HEAD_ONLY, shorter, Save.ADAPTER, Numerics.FAST)
                .cost(new ActivationRoom(0), null)
                .peakBytes();

        assertThat(fast)
                .isEqualTo(CostFormula.WORKER_BYTES
                        + 4 * (2 * ALL + 4 * HEAD)
                        + 4L * 12 * (4 * 384 * 384 + 2 * 384 * 1536));
    }

    @Test
    void fastNumericsHoldAGradientOfEachOfTwoParts() {
        TrainingSpec recipe = recipe(DropoutLayers.ALL, Checkpoint.LAST);
        CostFormula fast = new CostFormula(LAYOUT, recipe, FULL, BATCHES, Save.ADAPTER, Numerics.FAST);

        assertThat(fast.cost(room, null).peakBytes()
                        - formula(FULL, DropoutLayers.ALL).cost(room, null).peakBytes())
                .isEqualTo(4 * ALL);
    }

    @Test
    void memoryHoldsTheBackwardPassOfTheLayersThatGradientsPassAndStoredActivations() {
        long layer = 4L * 32 * 48 * (18 * 384 + 4 * 1536 + 5 * 12 * 48);
        long weights = CostFormula.WORKER_BYTES + 4 * 2 * ALL;
        long segment = ActivationStore.SEGMENT_BYTES;

        assertThat(formula(FULL, DropoutLayers.ALL).cost(room, null).peakBytes())
                .isEqualTo(weights + 4 * 3 * ALL + 12 * layer);
        assertThat(formula(HEAD_ONLY, DropoutLayers.ADAPTED).cost(room, null).peakBytes())
                .isEqualTo(weights + 4 * 3 * HEAD + layer + segment);
        assertThat(formula(LAST_4, DropoutLayers.ADAPTED).cost(room, null).peakBytes())
                .isEqualTo(weights + 4 * 3 * (HEAD + 1000) + 4 * layer + segment);
    }

    @Test
    void diskHoldsWhatIsKeptOfTheWeights() {
        long rest = CostFormula.RUN_BYTES + 100 * CostFormula.PREDICTION_BYTES;

        assertThat(formula(FULL, DropoutLayers.ALL).cost(room, null).disk().output())
                .isEqualTo(rest + 4 * HEAD);
        assertThat(formula(LAST_4, DropoutLayers.ALL).cost(room, null).disk().output())
                .isEqualTo(rest + 4 * (HEAD + 1000));
        CostFormula whole = new CostFormula(
                LAYOUT, recipe(DropoutLayers.ALL, Checkpoint.LAST), LAST_4, BATCHES, Save.FULL, Numerics.PORTABLE);
        assertThat(whole.cost(room, null).disk().output()).isEqualTo(rest + 4 * ALL);
        assertThat(whole.cost(room, null).disk().checkpoint()).isEqualTo(2 * 4 * 3 * (HEAD + 1000));
    }
}
