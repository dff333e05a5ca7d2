package org.adapterbench.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import org.adapterbench.core.Seeds;
import org.junit.jupiter.api.Test;

class IntervalTest {

    /** From tables of the sign test: of 10 values the second and ninth, of 20 the sixth and fifteenth. */
    @Test
    void boundsAreTheTabulatedOrderStatistics() {
        assertThat(Interval.of(10, 9, 8, 7, 6, 5, 4, 3, 2, 1)).isEqualTo(new Interval(5.5, 2, 9, 10));
        assertThat(Interval.of(DoubleStream.iterate(1, i -> i + 1).limit(20).toArray()))
                .isEqualTo(new Interval(10.5, 6, 15, 20));
    }

    @Test
    void fewValuesGiveTheirExtremes() {
        assertThat(Interval.of(3, 1, 2)).isEqualTo(new Interval(2, 1, 3, 3));
        assertThat(Interval.of(7)).isEqualTo(new Interval(7, 7, 7, 1));
    }

    /** The expected coverage is 97.9 %; of 4,000 intervals 3,800 are more than ten standard deviations below. */
    @Test
    void theTrueMedianLiesInsideAsOftenAsPromised() {
        RandomGenerator random = Seeds.generator(1);
        int inside = 0;
        for (int i = 0; i < 4000; i++) {
            double[] skewed =
                    random.doubles(10).map(u -> -StrictMath.log(1 - u)).toArray();
            Interval interval = Interval.of(skewed);
            double median = StrictMath.log(2);
            if (interval.low() <= median && median <= interval.high()) {
                inside++;
            }
        }
        assertThat(inside).isBetween(3800, 3990);
    }
}
