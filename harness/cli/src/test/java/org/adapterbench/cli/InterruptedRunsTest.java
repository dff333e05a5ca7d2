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
import org.adapterbench.api.record.Outcome;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.run.NumericsCheck;
import org.adapterbench.core.store.RunStore;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program in processes of its own, stopped and killed in the midst of a run, and called again. */
final class InterruptedRunsTest {

    private static final String EXPERIMENT = """
            name: interrupted
            encoders: [minilm-l6]
            tasks: [wordnet/accept]
            seeds: [1]
            data: {train: 1024, evaluation: 64}
            start: pretrained
            training: {epochs: 2, max-length: 12}
            methods:
              - method: lora
            """;

    private static final String GOES_ON = "train goes on after step";

    @TempDir
    private Path folder = Path.of("");

    private Path file = Path.of("");
    private CacheFolder cache = new CacheFolder(folder);

    @Test
    void aRunThatIsStoppedAndKilledGoesOnWithTheSameCommandToTheSameBits() throws Exception {
        Assumptions.assumeTrue(
                NumericsCheck.allowed().contains(Numerics.PORTABLE),
                "SKIPPED: this processor is not x86-64 with AVX2 and FMA");
        file = Files.writeString(folder.resolve("interrupted.yaml"), EXPERIMENT);
        cache = BorrowedCache.in(folder.resolve("cache"));

        stop("TERM", 143, false);
        stop("INT", 130, true);
        killTheWorker();
        killTheParent();

        try (ChildJvm command = start()) {
            assertThat(command.end()).as(command.output()).isZero();
            assertThat(command.output()).contains(GOES_ON);
        }
        assertThat(record().outcome().hashes()).isEqualTo(uninterrupted());
        assertThat(files()).noneMatch(name -> name.contains("checkpoint") || name.contains("hs_err"));
    }

    private void stop(String signal, int code, boolean goesOn) throws Exception {
        try (ChildJvm command = start()) {
            awaitTraining(command);
            command.signal(signal);

            assertThat(command.end()).as(command.output()).isEqualTo(code);
            assertThat(command.output())
                    .contains("adapterbench: stopping after the step under way; the same command goes on from here");
            assertThat(command.output().contains(GOES_ON)).isEqualTo(goesOn);
        }
        assertThat(files())
                .anyMatch(name -> name.endsWith("checkpoint/state"))
                .noneMatch(name -> name.endsWith(".json") || name.contains("hs_err"));
    }

    private void killTheWorker() throws Exception {
        try (ChildJvm command = start()) {
            awaitTraining(command);
            assertThat(command.killChildren()).isNotEmpty();

            assertThat(command.end()).as(command.output()).isEqualTo(ExitCode.RUN_FAILED);
            assertThat(command.output()).contains(GOES_ON);
        }
        assertThat(record().failure().kind()).isEqualTo(FailureKind.CRASHED);
    }

    private void killTheParent() throws Exception {
        try (ChildJvm command = start()) {
            awaitTraining(command);
            command.kill();
            command.end();
            assertThat(command.output()).contains(GOES_ON);
        }
    }

    private ChildJvm start() {
        return new ShownProgram(cache, folder.resolve("out"))
                .start(List.of(), Map.of("ADAPTERBENCH_CHECKPOINT_SECONDS", "0"), Main.class, "run", file.toString());
    }

    private static void awaitTraining(ChildJvm command) throws InterruptedException {
        assertThat(command.await(line -> line.matches(".*: train [0-9]+/64.*"), 1))
                .as(() -> "a step was shown in\n" + command.output())
                .isTrue();
    }

    private RunRecord record() {
        try (RunStore store = RunStore.openForReading(folder.resolve("out/interrupted"), line -> {})) {
            assertThat(store.records()).hasSize(1);
            return store.records().get(0);
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("out"))) {
            return files.map(Path::toString).toList();
        }
    }

    private Outcome.Hashes uninterrupted() throws IOException {
        ShortRuns runs = new ShortRuns(folder.resolve("whole"), file);
        return runs.execute(runs.planned().keySet()).get("lora").hashes();
    }
}
