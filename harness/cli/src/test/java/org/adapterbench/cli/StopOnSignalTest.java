package org.adapterbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StopOnSignalTest {

    private final List<Thread> registered = new ArrayList<>();
    private final List<String> stops = new ArrayList<>();
    private boolean ending;

    private final StopOnSignal.Hooks hooks = new StopOnSignal.Hooks() {
        @Override
        public void add(Thread hook) {
            refuseWhileEnding();
            registered.add(hook);
        }

        @Override
        public void remove(Thread hook) {
            refuseWhileEnding();
            registered.remove(hook);
        }

        private void refuseWhileEnding() {
            if (ending) {
                throw new IllegalStateException("Shutdown in progress");
            }
        }
    };

    @Test
    void nothingIsLeftToStopOnceItIsClosed() {
        StopOnSignal signals = new StopOnSignal(() -> stops.add("stop"), hooks);
        assertThat(registered).hasSize(1);

        signals.close();

        assertThat(registered).isEmpty();
        assertThat(stops).isEmpty();
    }

    @Test
    void aSignalJustAtTheEndIsNoDefect() {
        StopOnSignal signals = new StopOnSignal(() -> stops.add("stop"), hooks);
        ending = true;

        signals.close();

        assertThat(stops).isEmpty();
    }

    @Test
    void aSignalBeforeTheFirstRunStopsAtOnce() {
        ending = true;

        new StopOnSignal(() -> stops.add("stop"), hooks).close();

        assertThat(stops).containsExactly("stop");
    }
}
