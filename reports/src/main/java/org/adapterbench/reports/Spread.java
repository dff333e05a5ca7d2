package org.adapterbench.reports;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Mean and spread of one quantity over seeds.
 *
 * @param count     number of values, at least 1
 * @param mean      arithmetic mean
 * @param deviation sample standard deviation (n - 1), null for a single value
 * @param least     smallest value
 * @param most      largest value
 */
public record Spread(int count, double mean, @Nullable Double deviation, double least, double most) {

    /** The spread of the finite ones among the values; empty when there are none. */
    public static Optional<Spread> of(Collection<Double> values) {
        List<Double> finite = values.stream().filter(Double::isFinite).toList();
        if (finite.isEmpty()) {
            return Optional.empty();
        }
        double sum = 0;
        double least = finite.get(0);
        double most = finite.get(0);
        for (double value : finite) {
            sum += value;
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        double mean = sum / finite.size();
        return Optional.of(new Spread(finite.size(), mean, deviation(finite, mean), least, most));
    }

    private static @Nullable Double deviation(List<Double> values, double mean) {
        if (values.size() < 2) {
            return null;
        }
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / (values.size() - 1));
    }
}
