package org.adapterbench.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Committed report files of this version. {@code -Dgolden.update=true} writes those that are missing; a file
 * that is there and differs is never overwritten: what changed is the format, so raise
 * {@link ReportFormat#VERSION} first and delete the old version's folder.
 */
final class GoldenFiles {

    private static final Path FOLDER = Path.of("src", "test", "resources", "golden", "v" + ReportFormat.VERSION);

    private GoldenFiles() {}

    static void compare(String name, byte[] written) throws IOException {
        Path golden = FOLDER.resolve(name);
        if (Boolean.getBoolean("golden.update") && Files.notExists(golden)) {
            Files.createDirectories(FOLDER);
            Files.write(golden, written);
        }
        assertThat(golden)
                .as("golden file; write it with -Dgolden.update=true after raising ReportFormat.VERSION")
                .exists();
        assertThat(new String(written, StandardCharsets.UTF_8))
                .as(name + " differs from its golden file: raise ReportFormat.VERSION when that is meant")
                .isEqualTo(Files.readString(golden));
    }
}
