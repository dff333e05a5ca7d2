package org.adapterbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.adapterbench.api.FailureKind;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.run.NumericsCheck;
import org.adapterbench.core.store.RunStore;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stops and kills in the one pass through frozen layers, of which nothing is kept. */
final class InterruptedFrozenPassTest {

    private static final String EXPERIMENT = """
            name: frozen
            encoders: [minilm-l6]
            tasks: [wordnet/accept]
            seeds: [1]
            data: {train: 1024, evaluation: 32}
            start: pretrained
            training: {epochs: 2, max-length: 12, dropout-layers: adapted}
            methods: [head-only]
            """;

    private static final double MOST_SECONDS = 10;

    @TempDir
    private Path folder = Path.of("");

    private Path file = Path.of("");
    private CacheFolder cache = new CacheFolder(folder);

    @Test
    void thePassEndsAtAStopAndLeavesNothingBehindWhenItIsKilled() throws Exception {
        Assumptions.assumeTrue(
                NumericsCheck.allowed().contains(Numerics.PORTABLE),
                "SKIPPED: this processor is not x86-64 with AVX2 and FMA");
        file = Files.writeString(folder.resolve("frozen.yaml"), EXPERIMENT);
        cache = BorrowedCache.in(folder.resolve("cache"));

        killTheWorker();
        stop();
        killTheParent();

        try (ChildJvm command = program().start("run", file.toString())) {
            assertThat(command.end()).as(command.output()).isZero();
            assertThat(command.output()).contains("train goes on after step 0 of 64");
        }
        ShortRuns runs = new ShortRuns(folder.resolve("whole"), file);
        assertThat(record().outcome().hashes())
                .isEqualTo(
                        runs.execute(runs.planned().keySet()).get("head-only").hashes());
        assertNothingIsLeftOfThePass();
    }

    private void killTheWorker() throws Exception {
        try (ChildJvm command = startEventful()) {
            awaitPass(command);
            assertThat(command.killChildren()).isNotEmpty();

            assertThat(command.end()).as(command.output()).isEqualTo(ExitCode.RUN_FAILED);
            assertThat(command.output()).doesNotContain("step train");
        }
        assertThat(record().failure().kind()).isEqualTo(FailureKind.CRASHED);
        assertNothingIsLeftOfThePass();
    }

    private void killTheParent() throws Exception {
        try (ChildJvm command = startEventful()) {
            awaitPass(command);
            command.kill();
            command.end();
            assertThat(command.output()).contains("resumed train 0/64").doesNotContain("step train");
        }
        assertNothingIsLeftOfThePass();
    }

    private void stop() throws Exception {
        try (ChildJvm command = program().start("run", file.toString())) {
            // The first epoch is scored and no step is done.
            assertThat(command.await(line -> line.matches(".*head-only seed 1: train, matthews .*"), 1))
                    .as(() -> "the pass was shown in\n" + command.output())
                    .isTrue();
            long told = System.nanoTime();
            command.signal("TERM");

            assertThat(command.end()).as(command.output()).isEqualTo(143);
            assertThat((System.nanoTime() - told) * 1e-9).isLessThan(MOST_SECONDS);
            assertThat(command.output())
                    .contains("adapterbench: stopping after the step under way; the same command goes on from here")
                    .doesNotContain("head-only seed 1: train 1");
        }
        assertNothingIsLeftOfThePass();
        assertThat(files(folder.resolve("out"))).anyMatch(name -> name.endsWith("checkpoint/state"));
    }

    private ChildJvm startEventful() {
        return program()
                .start(
                        List.of(),
                        Map.of(),
                        EventfulGrid.class,
                        file.toString(),
                        folder.resolve("out/frozen").toString());
    }

    private ShownProgram program() {
        return new ShownProgram(cache, folder.resolve("out"));
    }

    /** The evaluation has one batch, so that the fourth one is of the pass over the training examples. */
    private static void awaitPass(ChildJvm command) throws InterruptedException {
        assertThat(command.await("scored train 4"::equals, 1))
                .as(() -> "the pass was heard in\n" + command.output())
                .isTrue();
    }

    private void assertNothingIsLeftOfThePass() throws IOException {
        assertThat(files(cache.root().resolve("activations"))).isEmpty();
        assertThat(files(folder.resolve("out")))
                .noneMatch(name -> name.contains("hs_err") || name.matches(".*\\.(part|partial|tmp|damaged-.*)"));
    }

    private RunRecord record() {
        try (RunStore store = RunStore.openForReading(folder.resolve("out/frozen"), line -> {})) {
            assertThat(store.records()).hasSize(1);
            return store.records().get(0);
        }
    }

    private static List<String> files(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).map(Path::toString).toList();
        }
    }
}
