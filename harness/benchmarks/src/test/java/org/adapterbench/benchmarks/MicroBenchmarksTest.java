package org.adapterbench.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MicroBenchmarksTest {

    @Test
    void aPartHasAFileOfItsOwn() {
        assertThat(MicroBenchmarks.name(false, MicroBenchmarks.EVERYTHING)).isEqualTo("micro");
        assertThat(MicroBenchmarks.name(true, MicroBenchmarks.EVERYTHING)).isEqualTo("micro-some");
        assertThat(MicroBenchmarks.name(false, "StepBenchmark")).isEqualTo("micro-some");
    }
}
