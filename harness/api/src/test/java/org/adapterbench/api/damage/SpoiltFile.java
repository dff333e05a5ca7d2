package org.adapterbench.api.damage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One temporary file under a given name, with ever other content. */
public final class SpoiltFile {

    private final Path file;

    public SpoiltFile(String name) {
        try {
            Path folder = Files.createTempDirectory("spoilt");
            // Removed in the reverse order.
            folder.toFile().deleteOnExit();
            this.file = folder.resolve(name);
            this.file.toFile().deleteOnExit();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file, now with this content. */
    public Path holding(byte[] content) {
        try {
            return Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
