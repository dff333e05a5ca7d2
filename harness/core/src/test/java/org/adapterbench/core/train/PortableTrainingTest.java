package org.adapterbench.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.core.run.NumericsCheck;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code numerics: portable} gives the same bits whatever the processor. Where a change of the program changes
 * them on purpose, renew the committed hashes with {@code -Dgolden.update=true}.
 */
class PortableTrainingTest {

    private static final Path COMMITTED = Path.of(
            System.getProperty("adapterbench.root"),
            "harness/core/src/test/resources/org/adapterbench/core/train/portable-hashes.txt");

    private static final String EMULATOR = "qemu-x86_64";

    @TempDir
    Path folder;

    private @Nullable Process emulated;

    @AfterEach
    void endTheEmulation() {
        if (emulated != null) {
            emulated.destroyForcibly();
        }
    }

    @Test
    void thisProcessorGivesTheCommittedBits() throws IOException {
        assumeTrue(
                NumericsCheck.allowed().contains(Numerics.PORTABLE),
                "SKIPPED: this processor is not x86-64 with AVX2 and FMA");
        List<String> hashes = PortableTraining.hashes().entrySet().stream()
                .map(hash -> hash.getKey() + " " + hash.getValue())
                .toList();
        if (Boolean.getBoolean("golden.update")) {
            Files.write(COMMITTED, hashes);
        }
        assertThat(hashes).containsExactlyElementsOf(Files.readAllLines(COMMITTED));
    }

    /**
     * The processors differ in maker, so in approximate instructions, and in the cache sizes that cut the
     * products: L1 and L2 of 32 and 4096, 32 and 512, 64 and 512 KiB.
     *
     * @param identity what the processor itself says that it is
     */
    @ParameterizedTest
    @Tag("emulated")
    @Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @CsvSource(delimiter = '|', textBlock = """
                    Haswell                    | family 6 model 60
                    EPYC-Milan                 | family 25 model 1
                    EPYC-Milan,legacy-cache=on | family 25 model 1
                    """)
    void anEmulatedProcessorGivesTheCommittedBits(String processor, String identity) throws Exception {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "SKIPPED: not an x86-64 JDK");
        assumeTrue(onThePath(EMULATOR), "SKIPPED: no " + EMULATOR + " on the path (Debian: qemu-user)");
        Path errors = folder.resolve("errors");

        Process started = start(processor, errors);
        emulated = started;
        List<String> lines = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();

        assertThat(started.waitFor()).as(() -> read(errors)).isZero();
        assertThat(lines).as("the emulated processor").anyMatch(line -> line.contains(identity + " "));
        assertThat(lines.stream().filter(line -> !line.startsWith("[")))
                .as("hashes on %s", processor)
                .containsExactlyElementsOf(Files.readAllLines(COMMITTED));
    }

    /** The same program, emulated instruction by instruction; with the simple compiler, as that is emulated too. */
    private static Process start(String processor, Path errors) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        EMULATOR,
                        "-cpu",
                        // Without a warning for each feature and thread that the emulator lacks.
                        processor + ",check=off",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        // Tells family and model, on lines that begin with a bracket.
                        "-Xlog:os+cpu",
                        "-Xmx1g",
                        "-Dorg.bytedeco.javacpp.cachedir="
                                + System.getProperty("org.bytedeco.javacpp.cachedir", "target/natives"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        PortableTraining.class.getName())
                .redirectError(errors.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeAll(NumericsCheck.FORBIDDEN_ENVIRONMENT);
        // With a library path the launcher starts itself anew, and what an emulated process starts is not emulated.
        environment.keySet().removeAll(List.of("LD_LIBRARY_PATH", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        environment.putAll(NumericsCheck.PORTABLE_ENVIRONMENT);
        return builder.start();
    }

    private static boolean onThePath(String program) {
        Stream<String> folders = Arrays.stream(System.getenv("PATH").split(File.pathSeparator));
        return folders.anyMatch(name -> Files.isExecutable(Path.of(name, program)));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "no error output";
        }
    }
}
