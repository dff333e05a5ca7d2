package org.adapterbench.core.compare;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.adapterbench.core.store.PredictionLine;
import org.adapterbench.core.weights.WeightSource;
import org.jspecify.annotations.Nullable;

/** How far apart the values are of which two executions have other hashes; null where one side's are not at hand. */
final class Extent {

    private final Evidence.@Nullable Detail recorded;
    private final Evidence.@Nullable Detail now;

    Extent(Recorded<Evidence.@Nullable Detail> recorded, Now<Evidence.@Nullable Detail> now) {
        this.recorded = recorded.value();
        this.now = now.value();
    }

    Difference.LossCurve.@Nullable Parting lossCurves() {
        if (recorded == null || now == null) {
            return null;
        }
        List<Float> before = recorded.lossCurve();
        List<Float> after = now.lossCurve();
        int first = 0;
        double largest = 0;
        for (int step = 1; step <= Math.min(before.size(), after.size()); step++) {
            if (Float.compare(before.get(step - 1), after.get(step - 1)) != 0) {
                first = first == 0 ? step : first;
                largest = Math.max(largest, Math.abs((double) after.get(step - 1) - before.get(step - 1)));
            }
        }
        return first == 0
                ? null
                : new Difference.LossCurve.Parting(
                        first, new Recorded<>(before.get(first - 1)), new Now<>(after.get(first - 1)), largest);
    }

    Difference.@Nullable Moved weights() {
        WeightSource before = recorded == null ? null : recorded.weights();
        WeightSource after = now == null ? null : now.weights();
        if (before == null || after == null) {
            return null;
        }
        TreeSet<String> common = new TreeSet<>(before.names());
        common.retainAll(after.names());
        int changed = 0;
        double largest = 0;
        for (String name : common) {
            Recorded<float[]> earlier = new Recorded<>(before.values(name));
            Now<float[]> later = new Now<>(after.values(name));
            changed += Arrays.equals(earlier.value(), later.value()) ? 0 : 1;
            largest = Math.max(largest, distance(earlier, later));
        }
        return new Difference.Moved(changed, common.size(), largest);
    }

    Difference.@Nullable Moved predictions() {
        if (recorded == null || now == null) {
            return null;
        }
        record Key(String split, String id) {}
        Map<Key, PredictionLine> before = new HashMap<>();
        recorded.predictions().forEach(line -> before.put(new Key(line.split(), line.id()), line));
        int changed = 0;
        int examples = 0;
        double largest = 0;
        for (PredictionLine after : now.predictions()) {
            PredictionLine other = before.get(new Key(after.split(), after.id()));
            if (other != null) {
                examples++;
                changed += Float.compare(other.predicted(), after.predicted()) == 0 ? 0 : 1;
                largest = Math.max(largest, distance(new Recorded<>(other.scores()), new Now<>(after.scores())));
            }
        }
        return examples == 0 ? null : new Difference.Moved(changed, examples, largest);
    }

    private static double distance(Recorded<float[]> recorded, Now<float[]> now) {
        double largest = 0;
        for (int i = 0; i < Math.min(recorded.value().length, now.value().length); i++) {
            largest = Math.max(largest, Math.abs((double) now.value()[i] - recorded.value()[i]));
        }
        return largest;
    }
}
