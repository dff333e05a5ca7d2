package org.adapterbench.methods.qrlora;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EnergyRuleTest {

    /** Squares 16, 9, 4, 1: cumulative shares 16/30, 25/30, 29/30, 1. */
    @ParameterizedTest
    @CsvSource({"1e-9, 1", "0.5, 1", "0.53, 1", "0.54, 2", "0.83, 2", "0.84, 3", "0.96, 3", "0.97, 4", "1, 4"})
    void keepsTheSmallestRankThatReachesTheShare(double tau, int rank) {
        assertThat(EnergyRule.rank(new double[] {4, 3, 2, 1}, tau)).isEqualTo(rank);
    }

    @Test
    void aShareReachedExactlyIsReached() {
        assertThat(EnergyRule.rank(new double[] {1, 1, 1, 1}, 0.5)).isEqualTo(2);
        assertThat(EnergyRule.rank(new double[] {1, 1, 1, 1}, 0.25)).isEqualTo(1);
    }

    @Test
    void tauOneStopsWhereOnlyZerosFollow() {
        assertThat(EnergyRule.rank(new double[] {2, 1, 0, 0}, 1)).isEqualTo(2);
    }

    @Test
    void tauOneNeverAsksForMoreThanThereIs() {
        // Thirds: any other order of summation than the total's could fall short of it by a rounding error.
        double[] diagonal = new double[99];
        java.util.Arrays.fill(diagonal, Math.sqrt(1.0 / 3));
        assertThat(EnergyRule.rank(diagonal, 1)).isEqualTo(99);
    }

    @Test
    void zeroMatrixKeepsNothing() {
        assertThat(EnergyRule.rank(new double[] {0, 0}, 0.5)).isZero();
        assertThat(EnergyRule.rank(new double[] {0, 0}, 1)).isZero();
    }
}
