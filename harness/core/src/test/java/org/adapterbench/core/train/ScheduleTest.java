package org.adapterbench.core.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScheduleTest {

    @Test
    void risesLinearlyAndFallsToZero() {
        Schedule schedule = Schedule.of(100, 0.06);

        assertThat(schedule.rising()).isEqualTo(6);
        assertThat(schedule.share(0)).isZero();
        assertThat(schedule.share(3)).isEqualTo(0.5);
        assertThat(schedule.share(6)).isEqualTo(1.0);
        assertThat(schedule.share(53)).isEqualTo(47.0 / 94);
        assertThat(schedule.share(100)).isZero();
    }

    @Test
    void withoutRisingStepsTheFirstHasThePeakRate() {
        assertThat(Schedule.of(10, 0.06).share(0)).isEqualTo(1.0);
    }
}
