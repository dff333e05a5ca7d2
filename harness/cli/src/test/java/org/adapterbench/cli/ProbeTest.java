package org.adapterbench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.adapterbench.api.FailureKind;
import org.adapterbench.api.RunFailure;
import org.junit.jupiter.api.Test;

final class ProbeTest {

    @Test
    void tensorFlowLoadsAndMultipliesInAProcessOfItsOwn() {
        Probe.Found found = new Probe(Surroundings.ofThisProcess()).run();

        assertThat(found.tensorflow()).isEqualTo("2.18.0");
        // Between a single slow scalar core and more than any two cores can do.
        assertThat(found.gigaflops()).isBetween(0.5, 5000.0);
    }

    @Test
    void aLibraryThatDoesNotLoadIsAFailureOfTheEnvironmentWithItsReason() {
        Surroundings broken = Surroundings.ofThisProcess()
                .with(Map.of("JAVA_TOOL_OPTIONS", "-Dorg.bytedeco.javacpp.platform=no-such-machine"));

        assertThatThrownBy(() -> new Probe(broken).run())
                .isInstanceOfSatisfying(
                        RunFailure.class, failure -> assertThat(failure.kind()).isEqualTo(FailureKind.ENVIRONMENT))
                .hasMessageContaining("exit code 1")
                .hasMessageContaining("Error");
    }

    @Test
    void aSignalEndsTheProcessAndIsNoFailure() {
        StopOnSignal.Hooks ending = new StopOnSignal.Hooks() {
            @Override
            public void add(Thread hook) {
                throw new IllegalStateException("Shutdown in progress");
            }

            @Override
            public void remove(Thread hook) {
                throw new IllegalStateException("Shutdown in progress");
            }
        };

        assertThatThrownBy(() -> new Probe(Surroundings.ofThisProcess(), ending).run())
                .isInstanceOf(Stopped.class);
        assertThat(ProcessHandle.current().children().map(ProcessHandle::info).map(ProcessHandle.Info::commandLine))
                .noneMatch(line -> line.orElse("").contains(ProbeMain.class.getName()));
    }

    @Test
    void whatTheProcessPrintsIsReadBack() {
        Probe.Found found = new Probe.Found("2.18.0", 0.25, 123.5);

        assertThat(Probe.Found.parse(found.line())).contains(found);
        assertThat(Probe.Found.parse("I tensorflow/core/platform/cpu_feature_guard.cc"))
                .isEmpty();
    }
}
