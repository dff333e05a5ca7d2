package org.adapterbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.Seeds;
import org.adapterbench.core.store.RunStore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} again and again, of worker and parent in turn, in the warm-up, inside an epoch, at its very end and
 * during evaluation; each time the same command goes on. Part of {@code make soak}.
 */
@Tag("soak")
final class KillSoakTest {

    private static final int KILLS = Integer.getInteger("adapterbench.soak.kills", 24);
    private static final long SEED = Long.getLong("adapterbench.soak.seed", 20261125);
    private static final int EPOCH_STEPS = 8;

    private static final String EXPERIMENT = """
            name: killed
            encoders: [minilm-l6]
            tasks: [wordnet/accept]
            seeds: [1]
            data: {train: 256, evaluation: 256}
            warmup: {epochs: 1, max-length: 12}
            training: {epochs: 3, max-length: 12}
            methods:
              - method: full
              - method: lora
            """;

    private final RandomGenerator random = Seeds.generator(SEED);
    private final Map<String, Integer> kills = new TreeMap<>();
    private final List<String> resumed = new ArrayList<>();
    private Path file = Path.of("");
    private Path root = Path.of("");
    private int attempt;

    /** Where a process is killed. */
    private enum Place {
        WARM_UP,
        INSIDE_AN_EPOCH,
        END_OF_AN_EPOCH,
        EVALUATION;

        private Predicate<String> event() {
            return switch (this) {
                case WARM_UP -> line -> line.startsWith("step warm-up");
                case INSIDE_AN_EPOCH -> line -> line.startsWith("step train") && step(line) % EPOCH_STEPS != 0;
                case END_OF_AN_EPOCH -> line -> line.startsWith("step train") && step(line) % EPOCH_STEPS == 0;
                case EVALUATION -> line -> line.startsWith("scored train");
            };
        }

        private static int step(String line) {
            return Integer.parseInt(line.split(" ")[2].split("/")[0]);
        }
    }

    @Test
    void whateverIsKilledTheSameCommandEndsWithTheSameBits(@TempDir Path folder) throws Exception {
        file = Files.writeString(folder.resolve("killed.yaml"), EXPERIMENT);
        Map<String, Outcome.Hashes> whole = uninterrupted(folder.resolve("whole"));
        int compared = 0;
        int done = 0;
        root = fresh(folder);
        while (done < KILLS) {
            Place place = Place.values()[done % Place.values().length];
            if (kill(place, done / 4 % 2 == 0 ? "worker" : "parent")) {
                done++;
            } else {
                assertThat(hashes(root)).as("after " + done + " kills").isEqualTo(whole);
                compared += whole.size();
                root = fresh(folder);
            }
        }
        finish();
        assertThat(hashes(root)).isEqualTo(whole);
        compared += whole.size();
        System.out.println("SOAK kills: " + done + " " + kills + ", went on " + resumed.size() + " times " + resumed
                + ", " + compared + " runs ended with the bits of uninterrupted ones, seed " + SEED);
        assertThat(resumed)
                .as("the kills must have met something to go on from")
                .hasSizeGreaterThan(KILLS / 2);
    }

    private Map<String, Outcome.Hashes> uninterrupted(Path folder) throws IOException {
        ShortRuns runs = new ShortRuns(folder, file);
        Map<String, Outcome.Hashes> hashes = new TreeMap<>();
        runs.execute(runs.planned().keySet()).forEach((variant, outcome) -> hashes.put(variant, outcome.hashes()));
        return hashes;
    }

    private Path fresh(Path folder) throws IOException {
        Path next = folder.resolve("attempt-" + ++attempt);
        BorrowedCache.in(next.resolve("cache"));
        return next;
    }

    private ChildJvm start() {
        CacheFolder cache = new CacheFolder(root.resolve("cache"));
        return ChildJvm.start(
                List.of(),
                List.of("-Dorg.bytedeco.javacpp.cachedir=" + cache.natives()),
                Map.of("ADAPTERBENCH_CACHE", cache.root().toString(), "ADAPTERBENCH_CHECKPOINT_SECONDS", "0.5"),
                EventfulGrid.class,
                file.toString(),
                root.resolve("out").toString());
    }

    /** Starts the command and kills; false when it came to its end before. */
    private boolean kill(Place place, String victim) throws Exception {
        int event = 1 + random.nextInt(place == Place.END_OF_AN_EPOCH ? 2 : EPOCH_STEPS - 2);
        try (ChildJvm parent = start()) {
            boolean met = parent.await(place.event(), event);
            if (met) {
                LockSupport.parkNanos(random.nextInt(400_000_000));
                if (victim.equals("worker")) {
                    parent.killChildren();
                } else {
                    parent.kill();
                }
                kills.merge(victim + " " + place, 1, Integer::sum);
            }
            int code = parent.end();
            note(parent.output());
            assertThat(parent.output()).doesNotContain("set aside");
            boolean killed = met && code != ExitCode.DONE;
            System.out.println("SOAK " + (killed ? "killed the " + victim + ", " + place : "came to its end")
                    + "; went on " + resumed.size() + " times so far");
            return killed;
        }
    }

    private void finish() throws Exception {
        try (ChildJvm parent = start()) {
            int code = parent.end();
            note(parent.output());
            assertThat(code).as(parent.output()).isZero();
        }
    }

    private void note(String output) {
        output.lines().filter(line -> line.startsWith("resumed ")).forEach(line -> resumed.add(line.substring(8)));
    }

    private static Map<String, Outcome.Hashes> hashes(Path root) throws IOException {
        Map<String, Outcome.Hashes> hashes = new TreeMap<>();
        try (RunStore store = RunStore.openForReading(root.resolve("out"), line -> {})) {
            for (RunRecord record : store.records()) {
                assertThat(record.outcome())
                        .as(String.valueOf(record.failure()))
                        .isNotNull();
                hashes.put(record.variant(), record.outcome().hashes());
            }
        }
        assertThat(left(root, "checkpoint")).as("states of finished runs").isEmpty();
        return hashes;
    }

    private static List<Path> left(Path root, String part) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(path -> path.getFileName().toString().contains(part))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
    }
}
