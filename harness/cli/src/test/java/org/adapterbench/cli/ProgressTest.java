package org.adapterbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ProgressTest {

    private long nanos;
    private Progress progress = new Progress(() -> nanos);

    private final StringWriter text = new StringWriter();

    @BeforeEach
    void threeRuns() {
        progress.expect("a", 30);
        progress.expect("b", 10);
        progress.expect("c", 60);
    }

    private void after(int seconds) {
        nanos = Duration.ofSeconds(seconds).toNanos();
    }

    @Test
    void theTimeLeftFollowsTheEstimatedWorkAndNotTheNumberOfRuns() {
        progress.begin("a", "first");
        after(60);
        progress.end("a", true);

        assertThat(progress.left()).contains(Duration.ofSeconds(140));
        assertThat(progress.overall()).isEqualTo("1 of 3 runs, 1m 00s gone, about 2m 20s left");
    }

    @Test
    void aRunUnderWayCountsByItsSteps() {
        progress.begin("a", "first");
        progress.step("a", "train", 50, 100, 0.5f);
        after(15);

        assertThat(progress.left()).contains(Duration.ofSeconds(85));
    }

    @Test
    void aWarmUpCountsAsHalfOfTheRunThatMakesIt() {
        progress.begin("c", "third");
        progress.step("c", "warm-up", 10, 10, 0.5f);
        progress.stage("c", "train");
        after(30);
        assertThat(progress.left()).contains(Duration.ofSeconds(70));

        progress.step("c", "train", 5, 10, 0.5f);
        after(45);
        assertThat(progress.left()).contains(Duration.ofSeconds(55));
    }

    @Test
    void nothingIsPredictedFromNothing() {
        progress.begin("a", "first");
        after(10);

        assertThat(progress.left()).isEmpty();
        assertThat(progress.overall()).isEqualTo("0 of 3 runs, 10s gone");
    }

    @Test
    void aRunShowsStageStepLossAndMetric() {
        progress.begin("a", "glue/mrpc lora seed 1");
        assertThat(progress.runs()).containsExactly("glue/mrpc lora seed 1: starting");

        progress.stage("a", "data");
        assertThat(progress.runs()).containsExactly("glue/mrpc lora seed 1: data");

        progress.step("a", "train", 7, 96, 0.41251f);
        progress.metric("a", "accuracy", 0.7812);
        assertThat(progress.runs()).containsExactly("glue/mrpc lora seed 1: train 7/96, loss 0.413, accuracy 0.781");
    }

    @Test
    void failuresAreCounted() {
        progress.begin("a", "first");
        progress.end("a", false);

        assertThat(progress.overall()).startsWith("1 of 3 runs, 1 failed");
    }

    @Test
    void aTerminalIsDrawnOverAndLinesNeverWrap() {
        Screen screen = new Screen(new PrintWriter(text), 20);
        progress.begin("a", "a label that is longer than the terminal is wide");
        after(1);
        screen.show(progress);
        after(2);
        screen.show(progress);
        screen.print("done");

        String up = "\u001b[1A\u001b[2K\r";
        String frame1 = String.format(Locale.ROOT, "a label that is lon%n0 of 3 runs, 1s gon%n");
        String frame2 = String.format(Locale.ROOT, "a label that is lon%n0 of 3 runs, 2s gon%n");
        assertThat(text.toString())
                .isEqualTo(frame1 + up + up + frame2 + up + up + String.format(Locale.ROOT, "done%n"));
    }

    @Test
    void elsewhereLinesArePlainAndRare() {
        Screen screen = new Screen(new PrintWriter(text), 0);
        progress.begin("a", "first");
        for (int second = 1; second <= 40; second++) {
            after(second);
            screen.show(progress);
        }

        assertThat(text.toString()).doesNotContain("\u001b");
        assertThat(text.toString().lines())
                .containsExactly("0 of 3 runs, 15s gone | first: starting", "0 of 3 runs, 30s gone | first: starting");
    }
}
