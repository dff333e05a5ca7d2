package org.adapterbench.api.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LowRankTest {

    @ParameterizedTest
    @CsvSource({"1, 1", "8, 8", "71, 71", "72, 72", "73, 96", "96, 96", "97, 120", "217, 240", "768, 768"})
    void widthIsAtMost72OrAMultipleOf24(int rank, int width) {
        assertThat(LowRank.width(rank)).isEqualTo(width);
    }

    @Test
    void sumAddsTheScaledProduct() {
        float[] weight = {1, 2, 3, 4, 5, 6}; // 2 x 3
        float[] up = {1, 10, 2, 20}; // 2 x 2
        float[] down = {1, 0, 2, 0, 1, 1}; // 2 x 3
        float[] copy = weight.clone();
        float[] sum = LowRank.sum(weight, up, new double[] {1, 0.5}, down);
        assertThat(sum).containsExactly(2, 7, 10, 6, 15, 20);
        assertThat(weight).isEqualTo(copy);
    }

    @Test
    void sumIsRoundedOnce() {
        // In fp32 the first product would round 1 + 2^-24 down to 1 twice over.
        float tiny = 0x1p-24f;
        assertThat(LowRank.sum(new float[] {1}, new float[] {tiny, tiny}, new double[] {1, 1}, new float[] {1, 1}))
                .containsExactly(1 + 0x1p-23f);
    }

    @Test
    void sumOfRankZeroIsACopyOfTheWeight() {
        float[] weight = {1, 2, 3, 4, 5, 6};
        float[] sum = LowRank.sum(weight, new float[0], new double[0], new float[0]);
        assertThat(sum).isEqualTo(weight).isNotSameAs(weight);
    }

    @Test
    void sumRefusesFactorsThatDoNotFit() {
        assertThatThrownBy(() -> LowRank.sum(new float[6], new float[4], new double[0], new float[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at rank 0");
        assertThatThrownBy(() -> LowRank.sum(new float[5], new float[4], new double[2], new float[6]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("matrix of 5");
    }
}
