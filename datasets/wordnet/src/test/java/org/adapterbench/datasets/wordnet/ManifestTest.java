package org.adapterbench.datasets.wordnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {

    @TempDir
    Path folder;

    /** With {@code -Dadapterbench.update=true} it writes the resource instead. */
    @Test
    void theManifestPinsWhatTheConstructionsGive() throws IOException {
        if (Boolean.getBoolean("adapterbench.update")) {
            Path resource = Path.of(
                    System.getProperty("adapterbench.root"),
                    "datasets/wordnet/src/main/resources/org/adapterbench/datasets/wordnet/manifest.tsv");
            Files.writeString(resource, ContentHashes.manifest(), StandardCharsets.UTF_8);
        } else {
            assertThat(ContentHashes.manifest()).isEqualTo(committed());
        }
    }

    @Test
    @Tag("second-jdk")
    void anotherJdkConstructsTheSameContent() throws Exception {
        Optional<Path> java = secondJava();
        assumeTrue(
                java.isPresent(),
                "SKIPPED: no second JDK (allowed: SECOND_JDK_HOME, or another JDK under /usr/lib/jvm)");
        Path manifest = folder.resolve("manifest.tsv");
        Process process = new ProcessBuilder(
                        java.get().toString(),
                        "-Duser.language=tr",
                        "-Duser.country=TR",
                        "-Dfile.encoding=UTF-16",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ContentHashes.class.getName(),
                        manifest.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
        assertThat(Files.readString(manifest)).isEqualTo(committed());
    }

    private static String committed() throws IOException {
        try (InputStream in = Manifest.class.getResourceAsStream("manifest.tsv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A JDK of another version than the one that runs this test. */
    private static Optional<Path> secondJava() throws IOException {
        String named = System.getenv("SECOND_JDK_HOME");
        if (named != null && !named.isBlank()) {
            return Optional.of(Path.of(named, "bin", "java"));
        }
        Path installed = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(installed)) {
            return Optional.empty();
        }
        try (Stream<Path> homes = Files.list(installed)) {
            List<Path> sorted = homes.filter(home -> Files.isExecutable(home.resolve("bin/java")))
                    .filter(home -> !home.toString().contains(System.getProperty("java.specification.version")))
                    .sorted()
                    .toList();
            return sorted.stream().findFirst().map(home -> home.resolve("bin/java"));
        }
    }
}
