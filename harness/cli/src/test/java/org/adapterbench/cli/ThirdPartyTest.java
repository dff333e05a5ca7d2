package org.adapterbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The committed list of other people's material. */
final class ThirdPartyTest {

    @Test
    void theListNamesLibrariesButNoModuleOfOurs() throws IOException {
        List<String> lines = Files.readAllLines(Path.of(System.getProperty("adapterbench.root"), "THIRD-PARTY"));
        assertThat(lines)
                .anyMatch(line -> line.contains("(org.tensorflow:tensorflow-core-api:"))
                .noneMatch(line -> line.contains("(org.adapterbench:"));
    }
}
