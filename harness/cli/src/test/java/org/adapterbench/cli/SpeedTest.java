package org.adapterbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.adapterbench.api.record.Numerics;
import org.junit.jupiter.api.Test;

class SpeedTest {

    /** 60 s of work where 100 GFLOP/s are reached to a share of .6. */
    private static final RunCost RUN = new RunCost(0, 1, 60 * 60e9, 0, new RunCost.Disk(0, 0, 0, 0, 0));

    @Test
    void aRunTakesItsWorkAndItsStart() {
        assertThat(Speed.time(List.of(RUN, RUN), Numerics.PORTABLE, 100)).isEqualTo(Duration.ofSeconds(2 * 62));
        assertThat(Speed.time(List.of(RUN, RUN), Numerics.FAST, 100)).isEqualTo(Duration.ofSeconds(2 * 61));
        assertThat(Speed.time(List.of(RUN, RUN), Numerics.PORTABLE, 200)).isEqualTo(Duration.ofSeconds(2 * 32));
    }

    @Test
    void mixedPrecisionIsQuickerThanTheRateInFloat32() {
        assertThat(Speed.time(List.of(RUN), Numerics.FAST_BF16, 135)).isLessThan(Duration.ofSeconds(35));
    }
}
