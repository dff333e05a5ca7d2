package org.adapterbench.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void deviationIsThatOfASampleNotOfAPopulation() {
        Spread spread =
                Spread.of(List.of(2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0)).orElseThrow();

        assertThat(spread.count()).isEqualTo(8);
        assertThat(spread.mean()).isEqualTo(5.0);
        // Squares sum to 32; 32 / 7, not 32 / 8.
        assertThat(spread.deviation()).isCloseTo(2.138089935299395, within(1e-15));
        assertThat(spread.least()).isEqualTo(2.0);
        assertThat(spread.most()).isEqualTo(9.0);
    }

    @Test
    void aSingleValueHasNoDeviation() {
        assertThat(Spread.of(List.of(0.5)).orElseThrow()).isEqualTo(new Spread(1, 0.5, null, 0.5, 0.5));
    }

    @Test
    void nothingFiniteHasNoSpread() {
        assertThat(Spread.of(List.of())).isEmpty();
        assertThat(Spread.of(List.of(Double.NaN, Double.POSITIVE_INFINITY))).isEmpty();
    }

    @Test
    void equalValuesHaveDeviationZero() {
        assertThat(Spread.of(List.of(0.25, 0.25, 0.25)).orElseThrow().deviation())
                .isEqualTo(0.0);
    }
}
