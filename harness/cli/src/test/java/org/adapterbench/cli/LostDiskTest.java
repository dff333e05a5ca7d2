package org.adapterbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.adapterbench.api.FailureKind;
import org.adapterbench.api.Sha256;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.run.NumericsCheck;
import org.adapterbench.core.store.RunStore;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The disk of the output folder refuses to be written while the second of two runs trains: the first one stays, the
 * second is recorded where a record can be, and the same command finishes what is missing.
 */
@Tag("root")
final class LostDiskTest {

    private static final String EXPERIMENT = """
            name: lost
            encoders: [minilm-l6]
            tasks: [wordnet/accept]
            seeds: [1]
            data: {train: 256, evaluation: 64}
            start: pretrained
            training: {epochs: 3, max-length: 12}
            methods: [warm-start, lora]
            """;

    private static final int EPOCH_STEPS = 8;
    private static final int MEGABYTES = 8;

    @TempDir
    private Path folder = Path.of("");

    private Path file = Path.of("");
    private CacheFolder cache = new CacheFolder(folder);

    /** What happens to the disk. */
    private enum Loss {
        /** Not a byte is left: no record can be written either. */
        FULL("No space left on device", false),
        /** There is room for the record, but for no adapter. */
        ALMOST_FULL("No space left on device", true),
        READ_ONLY("Read-only file system", false);

        private final String reason;
        private final boolean recorded;

        Loss(String reason, boolean recorded) {
            this.reason = reason;
            this.recorded = recorded;
        }

        private void happenTo(SmallDisk disk) throws IOException {
            switch (this) {
                case FULL -> disk.fill(0);
                case ALMOST_FULL -> disk.fill(200_000);
                case READ_ONLY -> disk.makeReadOnly();
            }
        }
    }

    @BeforeEach
    void prepare() throws IOException {
        Assumptions.assumeTrue(
                NumericsCheck.allowed().contains(Numerics.PORTABLE),
                "SKIPPED: this processor is not x86-64 with AVX2 and FMA");
        file = Files.writeString(folder.resolve("lost.yaml"), EXPERIMENT);
        cache = BorrowedCache.in(folder.resolve("cache"));
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void nothingFinishedIsLostAndTheSameCommandFinishesTheRest(Loss loss) throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("out"), MEGABYTES)) {
            SortedMap<String, String> before;
            try (ChildJvm command = start()) {
                awaitFirstState(command);
                before = finished();
                loss.happenTo(disk);

                assertThat(command.end()).as(command.output()).isEqualTo(ExitCode.RUN_FAILED);
                assertThat(command.output()).doesNotContain("a defect of this program", "\tat ");
                assertThat(command.output().lines())
                        .filteredOn(line -> line.startsWith("adapterbench: ") || line.contains("FAILED, ENVIRONMENT: "))
                        .as(command.output())
                        .isNotEmpty()
                        .allSatisfy(line -> assertThat(line).contains(loss.reason));
            }
            assertThat(before).hasSize(3);
            assertThat(finished()).isEqualTo(before);
            assertThat(record("lora") != null).isEqualTo(loss.recorded);
            if (loss.recorded) {
                RunRecord.Failure failure =
                        Objects.requireNonNull(record("lora")).failure();
                assertThat(failure.kind()).isEqualTo(FailureKind.ENVIRONMENT);
                assertThat(failure.message()).contains(loss.reason);
            }
            assertThat(files()).noneMatch(name -> name.matches(".*\\.(part|partial|damaged-.*)"));
            assertThat(files())
                    .as("no half-written state takes the room of other files")
                    .filteredOn(name -> name.contains("/checkpoint/"))
                    .hasSize(2);

            disk.relieve();
            try (ChildJvm again = start()) {
                assertThat(again.end()).as(again.output()).isZero();
                assertThat(again.output())
                        .contains("2 runs, 1 of them finished before")
                        .contains("train goes on after step " + EPOCH_STEPS + " of");
            }
            assertThat(finished()).isEqualTo(before);
            assertThat(outcome().hashes()).isEqualTo(uninterrupted());
        }
    }

    private ChildJvm start() {
        return new ShownProgram(cache, folder.resolve("out")).start("run", file.toString());
    }

    private void awaitFirstState(ChildJvm command) throws InterruptedException {
        assertThat(command.await(() -> files().stream().anyMatch(name -> name.endsWith("checkpoint/state"))))
                .as(() -> "a state was kept in\n" + command.output())
                .isTrue();
    }

    private RunRecord record(String method) {
        try (RunStore store = RunStore.openForReading(folder.resolve("out/lost"), line -> {
            throw new IllegalStateException(line);
        })) {
            return store.records().stream()
                    .filter(record -> record.spec().method().name().equals(method))
                    .findFirst()
                    .orElse(null);
        }
    }

    private Outcome outcome() {
        return Objects.requireNonNull(Objects.requireNonNull(record("lora")).outcome());
    }

    /** The hash of every file of the run that is finished, its log apart. */
    private SortedMap<String, String> finished() throws IOException {
        String run = Objects.requireNonNull(record("warm-start")).runId();
        SortedMap<String, String> content = new TreeMap<>();
        for (String name : files()) {
            if (name.contains(run) && !name.endsWith("worker.log") && !name.endsWith(".lock")) {
                content.put(name, Sha256.ofFile(Path.of(name)));
            }
        }
        return content;
    }

    /** A file that goes meanwhile is none. */
    private List<String> files() {
        try (Stream<Path> files = Files.walk(folder.resolve("out"))) {
            return files.filter(Files::isRegularFile).map(Path::toString).toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }

    private Outcome.Hashes uninterrupted() throws IOException {
        ShortRuns runs = new ShortRuns(folder.resolve("whole"), file);
        return runs.execute(List.of("lora")).get("lora").hashes();
    }
}
