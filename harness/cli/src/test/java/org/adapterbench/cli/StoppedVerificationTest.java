package org.adapterbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.adapterbench.api.Sha256;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.run.NumericsCheck;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code verify} in a process of its own, ended by a signal while it executes a run again. */
final class StoppedVerificationTest {

    private static final String EXPERIMENT = """
            name: stopped
            encoders: [minilm-l6]
            tasks: [wordnet/accept]
            seeds: [1]
            data: {train: 512, evaluation: 32}
            start: pretrained
            training: {epochs: 3, max-length: 12}
            methods: [head-only]
            """;

    private static final double MOST_SECONDS = 10;

    @TempDir
    private static Path folder = Path.of("");

    private static CacheFolder cache = new CacheFolder(folder);

    @BeforeAll
    static void runTheExperiment() throws Exception {
        Assumptions.assumeTrue(
                NumericsCheck.allowed().contains(Numerics.PORTABLE),
                "SKIPPED: this processor is not x86-64 with AVX2 and FMA");
        Path file = Files.writeString(folder.resolve("stopped.yaml"), EXPERIMENT);
        cache = BorrowedCache.in(folder.resolve("cache"));
        Files.createDirectory(temporary());
        try (ChildJvm command = start("run", file.toString())) {
            assertThat(command.end()).as(command.output()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130"})
    void theScratchFolderGoesAndTheOutputStaysAsItWas(String signal, int code) throws Exception {
        SortedMap<String, String> before = content(folder.resolve("out"));
        assertThat(before).isNotEmpty();
        try (ChildJvm command = start("verify", "stopped")) {
            assertThat(command.await(line -> line.matches(".*: train [0-9]+/48.*"), 1))
                    .as(() -> "a step was shown in\n" + command.output())
                    .isTrue();
            assertThat(temporary()).isDirectoryContaining("glob:**/adapterbench-repeated*");
            long told = System.nanoTime();
            command.signal(signal);

            assertThat(command.end()).as(command.output()).isEqualTo(code);
            assertThat((System.nanoTime() - told) * 1e-9).isLessThan(MOST_SECONDS);
            assertThat(command.output())
                    .contains("adapterbench: stopping after the step under way; nothing is kept")
                    .doesNotContain("a defect of this program");
        }
        assertThat(temporary()).isEmptyDirectory();
        assertThat(content(folder.resolve("out"))).isEqualTo(before);
    }

    private static Path temporary() {
        return folder.resolve("temporary");
    }

    private static ChildJvm start(String... arguments) {
        return new ShownProgram(cache, folder.resolve("out"))
                .start(List.of("-Djava.io.tmpdir=" + temporary()), Map.of(), Main.class, arguments);
    }

    /** The hash of every file below a folder. */
    private static SortedMap<String, String> content(Path below) throws IOException {
        SortedMap<String, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.walk(below)) {
            files.filter(Files::isRegularFile)
                    .forEach(file -> content.put(below.relativize(file).toString(), Sha256.ofFile(file)));
        }
        return content;
    }
}
