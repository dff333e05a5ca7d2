package org.adapterbench.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.adapterbench.core.train.TrainingClock.Part;
import org.junit.jupiter.api.Test;

class TrainingClockTest {

    private long now = 5_000_000_000L;
    private final TrainingClock clock = new TrainingClock(() -> now);

    private void pass(int seconds) {
        now += seconds * 1_000_000_000L;
    }

    @Test
    void everyMomentCountsForTheInnermostPart() {
        pass(1);
        String done = clock.time(Part.EVALUATION, () -> {
            pass(10);
            clock.time(Part.CHECKPOINT, () -> pass(100));
            clock.time(Part.FROZEN_LAYERS, () -> pass(1000));
            pass(20);
            return "done";
        });
        pass(2);

        assertThat(done).isEqualTo("done");
        assertThat(clock.seconds()).isEqualTo(new TrainingSeconds(3, 30, 1000, 100));
        assertThat(clock.seconds().total()).isEqualTo(1133);
    }

    @Test
    void aPartUnderWayCountsUpToNow() {
        clock.time(Part.EVALUATION, () -> {
            pass(7);
            assertThat(clock.seconds()).isEqualTo(new TrainingSeconds(0, 7, 0, 0));
            pass(1);
        });

        assertThat(clock.seconds()).isEqualTo(new TrainingSeconds(0, 8, 0, 0));
    }

    @Test
    void anInterruptedPartKeepsItsTime() {
        assertThatThrownBy(() -> clock.time(Part.EVALUATION, () -> {
                    pass(4);
                    throw new IllegalStateException("stopped");
                }))
                .hasMessage("stopped");
        pass(1);

        assertThat(clock.seconds()).isEqualTo(new TrainingSeconds(1, 4, 0, 0));
    }

    @Test
    void whatEarlierProcessesCountedIsAddedPartByPart() {
        clock.resume(new TrainingSeconds(100, 200, 300, 400));
        pass(1);
        clock.time(Part.FROZEN_LAYERS, () -> pass(2));

        assertThat(clock.seconds()).isEqualTo(new TrainingSeconds(101, 200, 302, 400));
        assertThat(clock.earlier().total()).isEqualTo(1000);
    }
}
