package org.adapterbench.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NumbersTest {

    @Test
    void exactNumbersReadBackAsTheSameBits() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 4_000; i++) {
            double value = i % 2 == 0 ? random.nextDouble() : Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                String text = Numbers.exact(value);
                assertThat(Double.doubleToRawLongBits(Double.parseDouble(text)))
                        .as(text)
                        .isEqualTo(Double.doubleToRawLongBits(value));
            }
        }
    }

    @Test
    void exactNumbersAreTheShortestOnes() {
        assertThat(Numbers.exact(0.1)).isEqualTo("0.1");
        assertThat(Numbers.exact(3e-4)).isEqualTo("0.0003");
        assertThat(Numbers.exact(1e-9)).isEqualTo("1E-9");
        // Double.toString of JDK 17 says 1.9999999999999998E23 and 5.6843418860808015E-14.
        assertThat(Numbers.exact(2e23)).isEqualTo("2E+23");
        assertThat(Numbers.exact(0x1p-44)).isEqualTo("5.684341886080802E-14");
        assertThat(Numbers.exact(1000)).isEqualTo("1000");
        assertThat(Numbers.exact(-0.5)).isEqualTo("-0.5");
        assertThat(Numbers.exact(0)).isEqualTo("0");
        assertThat(Double.doubleToRawLongBits(Double.parseDouble(Numbers.exact(-0.0))))
                .isEqualTo(Double.doubleToRawLongBits(-0.0));
    }

    @Test
    void whatIsNotFiniteIsEmpty() {
        assertThat(Numbers.exact(Double.NaN)).isEmpty();
        assertThat(Numbers.fixed(Double.POSITIVE_INFINITY, 3)).isEmpty();
        assertThat(Numbers.rounded(Double.NaN, 3)).isEmpty();
    }

    @Test
    void numbersForReadingAreRounded() {
        assertThat(Numbers.fixed(0.84249, 3)).isEqualTo("0.842");
        assertThat(Numbers.fixed(-0.0001, 3)).isEqualTo("0.000");
        assertThat(Numbers.rounded(0.018234, 2)).isEqualTo("0.018");
        assertThat(Numbers.grouped(22_713_216)).isEqualTo("22,713,216");
    }
}
