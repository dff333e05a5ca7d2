package org.adapterbench.core.weights;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Folders among the test resources. */
public final class TestResources {

    private TestResources() {}

    /** {@code tiny-bert} or {@code tiny-roberta}. */
    public static Path encoder(String name) {
        try {
            return Path.of(
                    Objects.requireNonNull(TestResources.class.getResource("/org/adapterbench/core/encoder/" + name))
                            .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A copy without the stored expectations, for tests that change something. */
    public static Path copy(String name, Path target) throws IOException {
        Files.createDirectories(target);
        try (var files = Files.list(encoder(name))) {
            List<Path> all =
                    files.filter(file -> !file.endsWith("expected.json")).toList();
            for (Path file : all) {
                Files.copy(file, target.resolve(file.getFileName()));
            }
        }
        return target;
    }
}
