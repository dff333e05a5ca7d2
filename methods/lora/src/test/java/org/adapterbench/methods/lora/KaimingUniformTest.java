package org.adapterbench.methods.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class KaimingUniformTest {

    @Test
    void fillsTheWholeIntervalEvenly() {
        int in = 64;
        float[] values = KaimingUniform.draw(1, "a", 100, in);
        double sum = 0;
        double squares = 0;
        float largest = 0;
        for (float value : values) {
            sum += value;
            squares += (double) value * value;
            largest = Math.max(largest, Math.abs(value));
        }
        // U(-b, b) with b = 1/8: deviation b/sqrt 3; its mean over 6,400 draws has deviation 9e-4.
        assertThat(largest).isBetween(0.1249f, 0.125f);
        assertThat(sum / values.length).isEqualTo(0, within(0.003));
        assertThat(squares / values.length).isEqualTo(0.125 * 0.125 / 3, within(2e-4));
    }

    @Test
    void eachNameAndEachSeedHasItsOwnStream() {
        float[] values = KaimingUniform.draw(1, "a", 2, 3);
        assertThat(KaimingUniform.draw(1, "a", 2, 3)).isEqualTo(values);
        assertThat(KaimingUniform.draw(1, "b", 2, 3)).isNotEqualTo(values);
        assertThat(KaimingUniform.draw(2, "a", 2, 3)).isNotEqualTo(values);
    }

    /** Guards every recorded LoRA run: these bits must not depend on the JDK. */
    @Test
    void valuesAreTheSameOnEveryJdk() {
        assertThat(KaimingUniform.draw(42, "encoder.layer.0.attention.self.query.lora_A", 1, 4))
                .containsExactly(-0.22038256f, -0.120952815f, -0.078804575f, -0.0836806f);
    }
}
