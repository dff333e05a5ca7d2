package org.adapterbench.core.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.core.store.PredictionLine;
import org.adapterbench.core.store.Records;
import org.adapterbench.core.weights.TensorMap;
import org.adapterbench.core.weights.WeightSource;
import org.junit.jupiter.api.Test;

final class RunComparisonTest {

    private static final RunRecord RECORD = Records.finished(Records.spec("lora", 1));

    private static final List<PredictionLine> PREDICTIONS = List.of(
            new PredictionLine("dev", "a", 1, 1, new float[] {0.25f, 0.75f}),
            new PredictionLine("dev", "b", 0, 0, new float[] {0.75f, 0.25f}));

    private static Evidence evidence() {
        Outcome outcome = Records.outcome();
        return new Evidence(
                outcome.start().sha256(),
                outcome.hashes(),
                outcome.reported(),
                new Evidence.Detail(
                        outcome.parameters(), outcome.lossCurve(), outcome.epochs(), PREDICTIONS, weights(1)));
    }

    private static WeightSource weights(float value) {
        TensorMap weights = new TensorMap();
        weights.put("bias", List.of(2), new float[] {0, 0});
        weights.put("weight", List.of(2), new float[] {0, value});
        return weights;
    }

    private static Evidence.Detail detail() {
        Evidence.Detail detail = evidence().detail();
        assertThat(detail).isNotNull();
        return detail;
    }

    private static List<Difference> differences(Evidence now) {
        return RunComparison.of(new Recorded<>(evidence()), new Now<>(now)).differences();
    }

    private static Evidence with(Evidence.Detail detail) {
        return new Evidence(
                evidence().startSha256(), evidence().hashes(), evidence().reported(), detail);
    }

    private static Evidence with(Outcome.Hashes hashes, Evidence.Detail detail) {
        return new Evidence(evidence().startSha256(), hashes, evidence().reported(), detail);
    }

    @Test
    void anExecutionAgreesWithItselfAndWithItsPublishedSummary() {
        assertThat(differences(evidence())).isEmpty();
        Evidence published = PublishedRun.of(RECORD).evidence();
        assertThat(RunComparison.of(new Recorded<>(published), new Now<>(evidence()))
                        .agrees())
                .isTrue();
    }

    @Test
    void everyHashIsCompared() {
        Outcome.Hashes other = new Outcome.Hashes("b".repeat(64), "c".repeat(64), "d".repeat(64));
        Evidence now = new Evidence("e".repeat(64), other, evidence().reported(), null);

        assertThat(differences(now))
                .extracting(Difference::field, Difference::recordedText, Difference::nowText, Difference::extent)
                .containsExactly(
                        tuple("start", "a".repeat(16), "e".repeat(16), ""),
                        tuple("loss curve", "a".repeat(16), "b".repeat(16), ""),
                        tuple("weights", "a".repeat(16), "c".repeat(16), ""),
                        tuple("predictions", "a".repeat(16), "d".repeat(16), ""));
    }

    @Test
    void theStepIsNamedAtWhichTwoLossCurvesPart() {
        List<Float> curve = new ArrayList<>(detail().lossCurve());
        curve.set(1, 2e-8f);
        curve.set(2, curve.get(2) + 1);
        Outcome.Hashes hashes = new Outcome.Hashes("b".repeat(64), "a".repeat(64), "a".repeat(64));
        Evidence.Detail now =
                new Evidence.Detail(detail().parameters(), curve, detail().epochs(), detail().predictions(), null);

        assertThat(differences(with(hashes, now)))
                .singleElement()
                .extracting(Difference::extent)
                .isEqualTo("from step 2 on (recorded 1.0E-8, now 2.0E-8), by at most 1.0e+00");
    }

    @Test
    void changedPredictionsAreCountedByExample() {
        List<PredictionLine> moved = List.of(
                new PredictionLine("dev", "b", 0, 1, new float[] {0.5f, 0.5f}),
                new PredictionLine("dev", "a", 1, 1, new float[] {0.25f, 0.75f}));
        Outcome.Hashes hashes = new Outcome.Hashes("a".repeat(64), "a".repeat(64), "b".repeat(64));
        Evidence.Detail now =
                new Evidence.Detail(detail().parameters(), detail().lossCurve(), detail().epochs(), moved, null);

        assertThat(differences(with(hashes, now)))
                .singleElement()
                .extracting(Difference::extent)
                .isEqualTo("1 of 2 changed, scores moved by at most 2.5e-01");
    }

    @Test
    void movedWeightsAreCountedByTensor() {
        Outcome.Hashes hashes = new Outcome.Hashes("a".repeat(64), "b".repeat(64), "a".repeat(64));
        Evidence.Detail now = new Evidence.Detail(
                detail().parameters(), detail().lossCurve(), detail().epochs(), PREDICTIONS, weights(1.5f));

        assertThat(differences(with(hashes, now)))
                .singleElement()
                .extracting(Difference::extent)
                .isEqualTo("1 of 2 kept tensors moved, by at most 5.0e-01");
    }

    @Test
    void scoresAndCountsAreComparedByName() {
        Outcome.SplitScore score = new Outcome.SplitScore("dev", 10, 0.7, new TreeMap<>(Map.of("f1", 0.5)));
        Outcome.Epoch epoch = new Outcome.Epoch(1, 0.5, detail().epochs().get(1).scores());
        Outcome.ParameterCounts counts = new Outcome.ParameterCounts(11, 20, 31, 40, 500);
        Evidence.Detail now = new Evidence.Detail(
                counts, detail().lossCurve(), List.of(detail().epochs().get(0), epoch), detail().predictions(), null);
        Evidence evidence = new Evidence(evidence().startSha256(), evidence().hashes(), List.of(score), now);

        assertThat(differences(evidence))
                .extracting(Difference::field, Difference::recordedText, Difference::nowText, Difference::extent)
                .containsExactly(
                        tuple("method parameters", "10", "11", ""),
                        tuple("total parameters", "30", "31", ""),
                        tuple("dev accuracy", "0.6666666666666666", "none", ""),
                        tuple("dev f1", "none", "0.5", ""),
                        tuple("epoch 1 training loss", "0.25", "0.5", "+2.5e-01"));
    }

    @Test
    void aCurveThatIsOnlyShorterDiffersInItsNumberOfSteps() {
        Evidence.Detail now = new Evidence.Detail(
                detail().parameters(),
                detail().lossCurve().subList(0, 2),
                detail().epochs(),
                detail().predictions(),
                null);

        assertThat(differences(with(now)))
                .singleElement()
                .isEqualTo(new Difference.Count("steps", new Recorded<>(3L), new Now<>(2L)));
    }
}
