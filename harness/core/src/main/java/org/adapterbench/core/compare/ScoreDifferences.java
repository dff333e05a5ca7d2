package org.adapterbench.core.compare;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.adapterbench.api.record.Outcome;

/** The part of a comparison that concerns metrics and mean losses. */
final class ScoreDifferences {

    private ScoreDifferences() {}

    static void addEpochs(
            Recorded<List<Outcome.Epoch>> recorded, Now<List<Outcome.Epoch>> now, List<Difference> found) {
        int before = recorded.value().size();
        int after = now.value().size();
        if (before != after) {
            found.add(new Difference.Count("epochs", new Recorded<>((long) before), new Now<>((long) after)));
        }
        for (int i = 0; i < Math.min(before, after); i++) {
            Outcome.Epoch earlier = recorded.value().get(i);
            Outcome.Epoch later = now.value().get(i);
            String place = "epoch " + earlier.epoch() + " ";
            if (!Objects.equals(earlier.trainLoss(), later.trainLoss())) {
                found.add(new Difference.Score(
                        place + "training loss", new Recorded<>(earlier.trainLoss()), new Now<>(later.trainLoss())));
            }
            add(place, new Recorded<>(earlier.scores()), new Now<>(later.scores()), found);
        }
    }

    static void add(
            String place,
            Recorded<List<Outcome.SplitScore>> recorded,
            Now<List<Outcome.SplitScore>> now,
            List<Difference> found) {
        Map<String, Double> before = byPlace(place, recorded.value());
        Map<String, Double> after = byPlace(place, now.value());
        TreeSet<String> places = new TreeSet<>(before.keySet());
        places.addAll(after.keySet());
        for (String each : places) {
            if (!Objects.equals(before.get(each), after.get(each))) {
                found.add(new Difference.Score(each, new Recorded<>(before.get(each)), new Now<>(after.get(each))));
            }
        }
    }

    private static Map<String, Double> byPlace(String place, List<Outcome.SplitScore> scores) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (Outcome.SplitScore score : scores) {
            values.put(place + score.split() + " examples", (double) score.examples());
            values.put(place + score.split() + " loss", score.loss());
            score.metrics().forEach((metric, value) -> values.put(place + score.split() + " " + metric, value));
        }
        return values;
    }
}
