package org.adapterbench.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.core.Seeds;
import org.adapterbench.core.train.TrainingProgress;
import org.adapterbench.core.train.TrainingSeconds;
import org.adapterbench.core.train.TrainingState;
import org.adapterbench.core.weights.TensorMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointFileTest {

    @TempDir
    private Path root = Path.of("");

    private final List<String> log = new ArrayList<>();

    private CheckpointFile file(String purpose) {
        return new CheckpointFile(root.resolve("checkpoint"), purpose, Duration.ofSeconds(60), log::add);
    }

    @Test
    void whatWasWrittenIsReadBitForBit() {
        RandomGenerator random = Seeds.generator(7);
        List<Float> losses = random.ints(20_000)
                .mapToObj(Float::intBitsToFloat)
                .filter(value -> Float.isFinite(value))
                .toList();
        TrainingProgress progress = progress(losses);

        write(file("a run"), progress, tensors(1f));
        TrainingState read = file("a run").read().orElseThrow();

        assertThat(read.progress()).usingRecursiveComparison().isEqualTo(progress);
        assertThat(read.progress().lossCurve().stream().map(Float::floatToRawIntBits))
                .isEqualTo(losses.stream().map(Float::floatToRawIntBits).toList());
        assertThat(read.tensors().values("weight")).containsExactly(1f, 2f);
        assertThat(log).isEmpty();
    }

    @Test
    void aLaterStateReplacesTheFormerAndLeavesNothingOfIt() throws IOException {
        CheckpointFile file = file("a run");
        write(file, progress(List.of(1f)), tensors(1f));
        Files.createFile(root.resolve("checkpoint/2-1.safetensors.x.partial"));
        write(file, progress(List.of(1f, 2f)), tensors(5f));

        assertThat(file("a run").read().orElseThrow().tensors().values("weight"))
                .containsExactly(5f, 2f);
        try (Stream<Path> files = Files.list(root.resolve("checkpoint"))) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("state", "2-1.safetensors");
        }
        file.remove();
        assertThat(root.resolve("checkpoint")).doesNotExist();
        assertThat(file("a run").read()).isEmpty();
    }

    @Test
    void aStateOfAnotherRunIsSetAside() {
        write(file("a run"), progress(List.of(1f)), tensors(1f));

        assertThat(file("another run").read()).isEmpty();

        assertThat(log)
                .singleElement()
                .asString()
                .contains("of another run")
                .contains("set aside as checkpoint.damaged-1");
        assertThat(root.resolve("checkpoint.damaged-1/state")).exists();
        assertThat(root.resolve("checkpoint")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"state", "1-1.safetensors"})
    void oneWrongByteIsSeen(String name) throws IOException {
        write(file("a run"), progress(List.of(1f)), tensors(1f));
        Path damaged = root.resolve("checkpoint").resolve(name);
        byte[] bytes = Files.readAllBytes(damaged);
        for (int at = 0; at < bytes.length; at += 7) {
            Files.createDirectories(damaged.getParent());
            write(file("a run"), progress(List.of(1f)), tensors(1f));
            byte[] changed = bytes.clone();
            changed[at] ^= 1;
            Files.write(damaged, changed);

            assertThat(file("a run").read()).as("byte " + at).isEmpty();
        }
        assertThat(log)
                .hasSize((bytes.length + 6) / 7)
                .allSatisfy(line -> assertThat(line).contains("set aside"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"state", "1-1.safetensors"})
    void aCutFileAndAMissingOneAreSeen(String name) throws IOException {
        write(file("a run"), progress(List.of(1f)), tensors(1f));
        Path damaged = root.resolve("checkpoint").resolve(name);
        try (FileChannel channel = FileChannel.open(damaged, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 2);
        }
        assertThat(file("a run").read()).isEmpty();

        write(file("a run"), progress(List.of(1f)), tensors(1f));
        Files.delete(damaged);
        assertThat(file("a run").read()).isEmpty();
    }

    @Test
    void aStopDoesNotBreakTheFileOff() {
        Thread.currentThread().interrupt();
        write(file("a run"), progress(List.of(1f)), tensors(1f));
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThat(file("a run").read()).isPresent();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(log).isEmpty();
    }

    @Test
    void aDiskThatRefusesTheStateDoesNotEndTheTraining() throws IOException {
        Files.writeString(root.resolve("checkpoint"), "a file is in the way");

        write(file("a run"), progress(List.of(1f)), tensors(1f));

        assertThat(log).singleElement().asString().contains("cannot be written").contains("the training goes on");
    }

    @Test
    void aWriteIsDueWhenTheIntervalHasPassed() {
        assertThat(file("a run").due()).isFalse();
        assertThat(new CheckpointFile(root, "a run", Duration.ZERO, log::add).due())
                .isTrue();
    }

    private static void write(CheckpointFile file, TrainingProgress progress, TensorMap tensors) {
        file.write(new TrainingState(progress, tensors));
        file.settle();
    }

    private static TensorMap tensors(float first) {
        TensorMap tensors = new TensorMap();
        tensors.put("weight", List.of(2), new float[] {first, 2f});
        return tensors;
    }

    private static TrainingProgress progress(List<Float> losses) {
        Outcome.SplitScore score = new Outcome.SplitScore("dev", 3, 0.1, new TreeMap<>());
        return new TrainingProgress(
                losses,
                List.of(new Outcome.Epoch(0, null, List.of(score))),
                List.<float[][]>of(new float[][] {{0.1f, -0f}, {Float.MIN_VALUE, 3e38f}}),
                null,
                List.of(0.1, 1e-9),
                64,
                1000,
                new TrainingSeconds(1.5, 0.5, 0.25, 0.125));
    }
}
