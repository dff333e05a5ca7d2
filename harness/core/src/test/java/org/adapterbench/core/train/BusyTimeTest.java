package org.adapterbench.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BusyTimeTest {

    private final AtomicLong now = new AtomicLong();
    private final BusyTime busy = new BusyTime(now::get);

    private Void pass(long seconds) {
        now.addAndGet(seconds * 1_000_000_000L);
        return null;
    }

    @Test
    void workAtTheSameTimeCountsOnceAndPausesDoNot() {
        busy.during(() -> {
            pass(2);
            return busy.during(() -> pass(3));
        });
        pass(10);
        busy.during(() -> pass(1));

        assertThat(busy.seconds()).isEqualTo(6);
    }

    @Test
    void workThatFailsCountsToItsEnd() {
        assertThatThrownBy(() -> busy.during(() -> {
                    pass(2);
                    throw new IllegalStateException("failed");
                }))
                .isInstanceOf(IllegalStateException.class);
        pass(10);

        assertThat(busy.seconds()).isEqualTo(2);
    }
}
