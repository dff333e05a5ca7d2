package org.adapterbench.core.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.adapterbench.api.record.Provenance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvenanceCollectorTest {

    @TempDir
    Path folder;

    @Test
    void onlyTheListedSwitchesAreRecorded() {
        Map<String, String> environment =
                Map.of("TF_ENABLE_ONEDNN_OPTS", "0", "AWS_SECRET_ACCESS_KEY", "x", "TF_TOKEN", "y", "PATH", "/bin");

        Provenance provenance = new ProvenanceCollector(environment).collect(Instant.EPOCH, "2.18.0");

        assertThat(provenance.environment()).isEqualTo(Map.of("TF_ENABLE_ONEDNN_OPTS", "0"));
        assertThat(provenance.tensorflow()).isEqualTo("2.18.0");
        assertThat(provenance.startedAt()).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(provenance.java()).startsWith(Runtime.version().toString());
        assertThat(provenance.logicalProcessors()).isPositive();
        assertThat(provenance.gpu()).isNull();
    }

    @Test
    void versionsComeFromTheNamesOfTheJars() {
        String classPath = String.join(
                File.pathSeparator,
                "/m2/tensorflow-core-native-1.1.0-linux-x86_64.jar",
                "/m2/tensorflow-core-native-1.1.0.jar",
                "/m2/ejml-ddense-0.46.1.jar",
                "/m2/some-other-1.0.jar",
                "/target/classes");

        assertThat(ProvenanceCollector.libraries(classPath))
                .isEqualTo(Map.of("tensorflow-core-native", "1.1.0", "ejml-ddense", "0.46.1"));
    }

    @Test
    void theProcessorIsNamedWithItsTellingFeatures() {
        assertThat(Processor.parse(List.of(
                        "processor : 0", "model name\t: A B C @ 2 GHz", "flags\t\t: fpu avx2 fma sse4_1 rdtscp")))
                .isEqualTo(new Processor("A B C @ 2 GHz", "sse4_1 fma avx2"));
        assertThat(Processor.parse(List.of())).isEqualTo(new Processor("unknown", ""));
    }

    @Test
    void aCheckoutIsCleanUntilATrackedFileChanges() throws IOException, InterruptedException {
        assumeTrue(ShortCommand.run(folder, "git", "--version").isPresent(), "SKIPPED: git is not installed");
        Path file = project(folder);
        git("init", "-q");
        git("add", "-A");
        git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "-m", "first");
        Files.writeString(folder.resolve("untracked"), "");
        Checkout clean = Checkout.around(file.getParent()).orElseThrow();
        Files.writeString(file, "changed");
        Checkout dirty = Checkout.around(file).orElseThrow();

        assertThat(clean.commit()).matches("[0-9a-f]{40}");
        assertThat(clean.dirty()).isFalse();
        assertThat(dirty).isEqualTo(new Checkout(clean.commit(), true));
    }

    @Test
    void outsideACheckoutOfThisProjectThereIsNoCommit() throws IOException {
        Path file = project(folder);
        assertThat(Checkout.around(file)).isEmpty();
        Files.delete(file);
        Files.createDirectories(folder.resolve(".git"));
        assertThat(Checkout.around(file)).as("another project's repository").isEmpty();
    }

    private static Path project(Path folder) throws IOException {
        return Files.writeString(
                Files.createDirectories(folder.resolve("harness/core")).resolve("pom.xml"), "pom");
    }

    private void git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process git = new ProcessBuilder(command)
                .directory(folder.toFile())
                .inheritIO()
                .start();
        assertThat(git.waitFor()).isZero();
    }
}
