package org.adapterbench.core.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.adapterbench.api.record.Outcome;

/**
 * Two executions of one run, field by field: what must agree when both computed the same spec with the same bits.
 * Times, memory, file names and provenance are no part of it.
 *
 * @param differences in the order in which a run makes these values; empty when the bits agree
 */
public record RunComparison(List<Difference> differences) {

    public RunComparison {
        differences = List.copyOf(differences);
    }

    /** Whether every compared bit is the same. */
    public boolean agrees() {
        return differences.isEmpty();
    }

    /** Compares what both sides have; a hash covers what one of them lacks. */
    public static RunComparison of(Recorded<Evidence> recorded, Now<Evidence> now) {
        List<Difference> found = new ArrayList<>();
        Evidence before = recorded.value();
        Evidence after = now.value();
        if (!before.startSha256().equals(after.startSha256())) {
            found.add(new Difference.Start(new Recorded<>(before.startSha256()), new Now<>(after.startSha256())));
        }
        Evidence.Detail detailBefore = before.detail();
        Evidence.Detail detailAfter = after.detail();
        boolean whole = detailBefore != null && detailAfter != null;
        if (whole) {
            counts(new Recorded<>(detailBefore), new Now<>(detailAfter), found);
        }
        hashes(recorded, now, found);
        ScoreDifferences.add("", new Recorded<>(before.reported()), new Now<>(after.reported()), found);
        if (whole) {
            ScoreDifferences.addEpochs(new Recorded<>(detailBefore.epochs()), new Now<>(detailAfter.epochs()), found);
        }
        return new RunComparison(found);
    }

    private static void counts(Recorded<Evidence.Detail> recorded, Now<Evidence.Detail> now, List<Difference> found) {
        SortedMap<String, Long> after = counts(now.value());
        counts(recorded.value()).forEach((name, count) -> {
            Long other = Objects.requireNonNull(after.get(name));
            if (!count.equals(other)) {
                found.add(new Difference.Count(name, new Recorded<>(count), new Now<>(other)));
            }
        });
    }

    private static SortedMap<String, Long> counts(Evidence.Detail detail) {
        Outcome.ParameterCounts parameters = detail.parameters();
        return new TreeMap<>(Map.of(
                "method parameters", parameters.method(),
                "head parameters", parameters.head(),
                "total parameters", parameters.total(),
                "model parameters", parameters.model(),
                "saved bytes", parameters.savedBytes(),
                "steps", (long) detail.lossCurve().size()));
    }

    private static void hashes(Recorded<Evidence> recorded, Now<Evidence> now, List<Difference> found) {
        Outcome.Hashes before = recorded.value().hashes();
        Outcome.Hashes after = now.value().hashes();
        Extent extent = new Extent(
                new Recorded<>(recorded.value().detail()), new Now<>(now.value().detail()));
        if (!before.lossCurve().equals(after.lossCurve())) {
            found.add(new Difference.LossCurve(
                    new Recorded<>(before.lossCurve()), new Now<>(after.lossCurve()), extent.lossCurves()));
        }
        if (!before.weights().equals(after.weights())) {
            found.add(new Difference.Weights(
                    new Recorded<>(before.weights()), new Now<>(after.weights()), extent.weights()));
        }
        if (!before.predictions().equals(after.predictions())) {
            found.add(new Difference.Predictions(
                    new Recorded<>(before.predictions()), new Now<>(after.predictions()), extent.predictions()));
        }
    }
}
