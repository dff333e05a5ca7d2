package org.adapterbench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.adapterbench.api.FailureKind;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.launch.GridListener;
import org.adapterbench.core.launch.GridRunner;
import org.adapterbench.core.launch.LocalLauncher;
import org.adapterbench.core.launch.LocalLauncherSettings;
import org.adapterbench.core.run.NumericsCheck;
import org.adapterbench.core.store.RunStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real runs that meet the limit to open files at another place each time: while classes are found, libraries loaded,
 * data and weights read, files written.
 */
final class FewOpenFilesTest {

    private static final String EXPERIMENT = """
            name: few
            encoders: [minilm-l6]
            tasks: [wordnet/accept]
            seeds: [1]
            data: {train: 32, evaluation: 32}
            start: pretrained
            training: {epochs: 1, max-length: 12}
            methods: [head-only]
            """;

    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    private Path folder = Path.of("");

    private Path file = Path.of("");
    private CacheFolder cache = new CacheFolder(folder);

    @Test
    void whereverItStrikesItIsTheEnvironmentsFault() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")), "SKIPPED: no /usr/bin/prlimit (util-linux)");
        assumeTrue(
                NumericsCheck.allowed().contains(Numerics.PORTABLE),
                "SKIPPED: this processor is not x86-64 with AVX2 and FMA");
        file = Files.writeString(folder.resolve("few.yaml"), EXPERIMENT);
        cache = BorrowedCache.in(folder.resolve("cache"));

        int more = 0;
        for (RunRecord.Failure failure; (failure = run(more).failure()) != null; more++) {
            assertThat(failure.kind()).as(failure.toString()).isEqualTo(FailureKind.ENVIRONMENT);
            assertThat(failure.message()).contains("Too many open files");
        }
        assertThat(more).as("how many more a run needs").isGreaterThan(2);
    }

    private RunRecord run(int more) {
        ExpandedExperiment expanded = ExpandedExperiment.of(file, cache);
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.put(FewOpenFiles.VARIABLE, Integer.toString(more));
        LocalLauncherSettings settings =
                new LocalLauncherSettings(cache, environment, "1g", LONG, LONG, LONG, FewOpenFiles.class.getName());
        try (RunStore store = RunStore.openForWriting(folder.resolve("out"), line -> {});
                LocalLauncher launcher = new LocalLauncher(settings)) {
            new GridRunner(expanded.settings(), store, launcher, new GridListener() {}).run(expanded.runs());
            return store.record(expanded.runs().get(0).runId()).orElseThrow();
        }
    }
}
