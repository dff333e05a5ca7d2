package org.adapterbench.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.adapterbench.core.CacheFolder;

/** A cache folder with the user's libraries, encoders and data, but with warm-ups of its own. */
final class BorrowedCache {

    private BorrowedCache() {}

    static CacheFolder in(Path root) throws IOException {
        Path users = CacheFolder.of(System.getenv()).root();
        Files.createDirectories(root);
        for (String part : List.of("natives", "djl", "encoders", "data")) {
            Files.createDirectories(users.resolve(part));
            Files.createSymbolicLink(root.resolve(part), users.resolve(part));
        }
        return new CacheFolder(root);
    }
}
