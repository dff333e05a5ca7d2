package org.adapterbench.core.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.adapterbench.api.FailureKind;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.api.record.RunRecord.Failure;
import org.adapterbench.api.record.RunRecord.Status;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.config.Save;
import org.adapterbench.core.grid.PlannedRun;
import org.adapterbench.core.json.RunIds;
import org.adapterbench.core.store.Records;
import org.adapterbench.core.store.RunStore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs to whom the system itself refuses something, in real processes: each is recorded with its kind, the grid goes
 * on, and what was finished before stays.
 */
class StarvedRunsTest {

    private static final Duration LONG = Duration.ofMinutes(4);
    private static final Path GROUPS = Path.of("/sys/fs/cgroup");

    @TempDir
    Path folder;

    @Test
    void aFullDeviceIsTheEnvironmentsFault() {
        Failure failure = failureBetweenTwoGoodRuns("full-device", Map.of());

        assertThat(failure.kind()).isEqualTo(FailureKind.ENVIRONMENT);
        assertThat(failure.message()).contains("No space left on device");
    }

    @Test
    void aLimitToOpenFilesIsTheEnvironmentsFault() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")), "SKIPPED: no /usr/bin/prlimit (util-linux)");

        Failure failure = failureBetweenTwoGoodRuns("no-descriptors", Map.of());

        assertThat(failure.kind()).isEqualTo(FailureKind.ENVIRONMENT);
        assertThat(failure.message()).contains("Too many open files");
    }

    @Test
    void nativeMemoryThatTheSystemRefusesIsOutOfMemory() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")), "SKIPPED: no /usr/bin/prlimit (util-linux)");

        Failure failure = failureBetweenTwoGoodRuns("no-address-space", Map.of());

        assertThat(failure.kind()).isEqualTo(FailureKind.OUT_OF_MEMORY);
    }

    @Test
    void aFullJavaHeapIsOutOfMemory() {
        Failure failure = failureBetweenTwoGoodRuns("no-heap", Map.of());

        assertThat(failure.kind()).isEqualTo(FailureKind.OUT_OF_MEMORY);
        assertThat(failure.message()).contains("Java heap space");
    }

    /** The kernel kills the worker, as in a container: control groups of the first or second kind. */
    @Test
    @Tag("root")
    void aContainersLimitIsOutOfMemory() throws IOException {
        boolean second = Files.exists(GROUPS.resolve("cgroup.controllers"));
        Path parent = second ? GROUPS : GROUPS.resolve("memory");
        assumeTrue(Files.isWritable(parent), "SKIPPED: " + parent + " cannot be written (needs root)");
        Path group = Files.createDirectory(
                parent.resolve("starved-" + ProcessHandle.current().pid()));
        try {
            Path limit = group.resolve(second ? "memory.max" : "memory.limit_in_bytes");
            assumeTrue(Files.exists(limit), "SKIPPED: no memory controller in " + parent);
            Files.writeString(limit, "20971520");

            Failure failure =
                    failureBetweenTwoGoodRuns("group-limit", Map.of(StarvedExecution.GROUP_VARIABLE, group.toString()));

            assertThat(failure.kind()).isEqualTo(FailureKind.OUT_OF_MEMORY);
            assertThat(failure.message()).contains("the operating system killed the worker for lack of memory");
        } finally {
            Files.delete(group);
        }
    }

    private Failure failureBetweenTwoGoodRuns(String method, Map<String, String> extra) {
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.putAll(extra);
        CacheFolder cache = new CacheFolder(folder.resolve("cache"));
        LocalLauncherSettings settings = new LocalLauncherSettings(
                cache, environment, "64m", LONG, LONG, LONG, StarvedExecution.class.getName());
        List<PlannedRun> runs = List.of(plan("good", 1), plan(method, 1), plan("good", 2));
        try (RunStore store = RunStore.openForWriting(folder.resolve("out"), notice -> {});
                LocalLauncher launcher = new LocalLauncher(settings)) {
            GridSettings shared = new GridSettings("starved", null, cache, Save.ADAPTER, 0, 1);
            GridCounts counts = new GridRunner(shared, store, launcher, new GridListener() {}).run(runs);

            assertThat(counts).isEqualTo(new GridCounts(2, 0, 1, 0));
            assertThat(store.finished(runs.get(0).runId())).isTrue();
            assertThat(store.finished(runs.get(2).runId())).isTrue();
            RunRecord record = store.record(runs.get(1).runId()).orElseThrow();
            assertThat(record.status()).isEqualTo(Status.FAILED);
            assertThat(record.failure().message()).doesNotContain("\n").isNotBlank();
            return record.failure();
        }
    }

    private static PlannedRun plan(String method, long seed) {
        RunSpec spec = Records.spec(method, seed);
        return new PlannedRun(RunIds.of(spec), spec, method, "minilm-l6");
    }
}
