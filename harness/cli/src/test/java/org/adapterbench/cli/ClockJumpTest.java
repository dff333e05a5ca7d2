package org.adapterbench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.run.NumericsCheck;
import org.adapterbench.core.store.RunStore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The wall clock of parent and workers jumps a day back in the first run and two days on in the second one (libfaketime;
 * the monotonic clock goes on as it is): runs show it in their dates alone.
 */
@Tag("clock")
final class ClockJumpTest {

    private static final String EXPERIMENT = """
            name: jump
            encoders: [minilm-l6]
            tasks: [wordnet/accept]
            seeds: [1]
            data: {train: 512, evaluation: 32}
            start: pretrained
            training: {epochs: 2, max-length: 12}
            methods: [head-only, lora, warm-start]
            """;

    private static final Path LIBRARIES = Path.of("/usr/lib");
    private static final String LIBRARY = "libfaketimeMT.so.1";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aRunShowsAJumpOfTheWallClockInItsDateAlone() throws Exception {
        assumeTrue(
                NumericsCheck.allowed().contains(Numerics.PORTABLE),
                "SKIPPED: this processor is not x86-64 with AVX2 and FMA");
        Path library = library();
        Path file = Files.writeString(folder.resolve("jump.yaml"), EXPERIMENT);
        CacheFolder cache = BorrowedCache.in(folder.resolve("cache"));
        set("+0");
        Instant begun = Instant.now();
        long begunNanos = System.nanoTime();

        String output;
        try (ChildJvm command = new ShownProgram(cache, folder.resolve("out"))
                .start(List.of(), fakedClock(library), Main.class, "run", file.toString())) {
            await(command, ".*head-only seed 1: (encoder|data|hash|method|graph|train).*");
            set("-1d");
            await(command, ".*lora seed 1: train [0-9]+/32.*");
            set("+1d");
            assertThat(command.end()).as(command.output()).isZero();
            output = command.output();
        }
        double seconds = (System.nanoTime() - begunNanos) * 1e-9;

        Map<String, RunRecord> records = records();
        assertThat(started(records, "head-only")).isBetween(begun, begun.plus(Duration.ofHours(1)));
        assertThat(started(records, "lora"))
                .as("the clock has jumped")
                .isBetween(begun.minus(Duration.ofDays(1)), begun.minus(Duration.ofHours(23)));
        assertThat(started(records, "warm-start"))
                .as("and has jumped again")
                .isBetween(begun.plus(Duration.ofDays(1)), begun.plus(Duration.ofHours(25)));
        Map<String, Outcome> whole = undisturbed(file);
        records.forEach((method, record) -> {
            Outcome outcome = record.outcome();
            assertThat(outcome.hashes()).isEqualTo(whole.get(method).hashes());
            assertThat(outcome.cost().stages().values())
                    .allSatisfy(stage -> assertThat(stage).isBetween(0.0, seconds));
            assertThat(Objects.requireNonNullElse(outcome.cost().stepP99(), 0.0))
                    .isBetween(0.0, seconds);
        });
        assertThat(output).doesNotContain("HUNG");
        assertThat(output.lines())
                .filteredOn(line -> line.contains(" gone"))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).as("no hours").matches(".* ([0-9]+m )?[0-9]+s gone.*"));
        assertThat(checkpoints(records)).isEmpty();
    }

    private static Path library() throws IOException {
        try (Stream<Path> all = Files.find(LIBRARIES, 4, (path, is) -> path.endsWith(LIBRARY))) {
            Path found = all.findFirst().orElse(null);
            assumeTrue(found != null, "SKIPPED: no " + LIBRARY + " below " + LIBRARIES + " (Debian: libfaketime)");
            return found;
        }
    }

    private Path clock() {
        return folder.resolve("clock");
    }

    /** In one go; the processes look for it every second. */
    private void set(String offset) throws IOException {
        Path next = Files.writeString(folder.resolve("clock.next"), offset + "\n");
        Files.move(next, clock(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void await(ChildJvm command, String shown) throws InterruptedException {
        assertThat(command.await(line -> line.matches(shown), 1))
                .as(() -> shown + " in\n" + command.output())
                .isTrue();
    }

    /** Steps and deadlines have the true clock, and a file says how far the wall clock is from it. */
    private Map<String, String> fakedClock(Path library) {
        return Map.of(
                "LD_PRELOAD", library.toString(),
                "FAKETIME_TIMESTAMP_FILE", clock().toString(),
                "FAKETIME_CACHE_DURATION", "1",
                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                "NO_FAKE_STAT", "1",
                "ADAPTERBENCH_HANG_MINUTES", "30");
    }

    private Map<String, RunRecord> records() {
        Map<String, RunRecord> records = new TreeMap<>();
        try (RunStore store = RunStore.openForReading(folder.resolve("out/jump"), line -> {})) {
            store.records().forEach(record -> records.put(record.variant(), record));
        }
        assertThat(records).containsOnlyKeys("head-only", "lora", "warm-start");
        return records;
    }

    private static Instant started(Map<String, RunRecord> records, String method) {
        return Instant.parse(records.get(method).provenance().startedAt());
    }

    private List<Path> checkpoints(Map<String, RunRecord> records) {
        return records.values().stream()
                .map(record ->
                        folder.resolve("out/jump/runs").resolve(record.runId()).resolve(RunStore.CHECKPOINT))
                .filter(Files::exists)
                .toList();
    }

    private Map<String, Outcome> undisturbed(Path file) throws IOException {
        ShortRuns runs = new ShortRuns(folder.resolve("whole"), file);
        return runs.execute(runs.planned().keySet());
    }
}
