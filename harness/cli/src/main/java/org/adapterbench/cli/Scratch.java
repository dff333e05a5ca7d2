package org.adapterbench.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.adapterbench.api.Reason;
import org.adapterbench.api.UserError;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.Folders;
import org.jspecify.annotations.Nullable;

/**
 * Where runs are executed again: a folder for their records, and a cache that has the user's encoders and data but
 * no warm-ups, so that those are computed again too.
 */
final class Scratch implements AutoCloseable {

    private final Path folder;
    private final boolean named;
    private final CacheFolder users;
    private boolean worthALook;

    private Scratch(Path folder, boolean named, CacheFolder users) {
        this.folder = folder;
        this.named = named;
        this.users = users;
    }

    /**
     * @param named the folder that the user named, null for a temporary one
     * @throws UserError when it holds something or cannot be written
     */
    static Scratch open(@Nullable Path named, CacheFolder users) {
        try {
            if (named == null) {
                return new Scratch(Files.createTempDirectory("adapterbench-repeated"), false, users);
            }
            Files.createDirectories(named);
            try (Stream<Path> content = Files.list(named)) {
                if (content.findAny().isPresent()) {
                    throw new UserError("--scratch: " + named + " is not empty (allowed: a new or an empty folder)");
                }
            }
            return new Scratch(named, true, users);
        } catch (IOException e) {
            throw new UserError(
                    (named == null ? "temporary folder" : "--scratch: " + named) + ": cannot be written: "
                            + Reason.of(e) + " (allowed: a writable folder)",
                    e);
        }
    }

    /** For the store of the repeated runs. */
    Path output() {
        return folder;
    }

    /** The user's cache but for what runs compute. */
    CacheFolder cacheWithoutWarmups() {
        CacheFolder own = new CacheFolder(folder.resolve("cache"));
        record Shared(Path link, Path target) {}
        try {
            Files.createDirectories(own.root());
            for (Shared shared : List.of(
                    new Shared(own.encoders(), users.encoders()),
                    new Shared(own.data(), users.data()),
                    new Shared(own.artifacts(), users.artifacts()))) {
                Files.createDirectories(shared.target());
                Files.createSymbolicLink(shared.link(), shared.target().toAbsolutePath());
            }
            return own;
        } catch (IOException e) {
            throw new UserError(own.root() + ": cannot be made: " + Reason.of(e) + " (allowed: a writable folder)", e);
        }
    }

    /** The repeated runs stay when this is closed, whether or not the user named the folder. */
    void keepRuns() {
        worthALook = true;
    }

    /** Whether the repeated runs stay when this is closed. */
    boolean keepsRuns() {
        return named || worthALook;
    }

    /**
     * Removes what nobody needs: all of a temporary folder when the repeated runs are not worth a look, else the
     * warm-ups.
     */
    @Override
    public void close() {
        try {
            Folders.remove(keepsRuns() ? folder.resolve("cache") : folder);
        } catch (IOException e) {
            // What stays behind in a scratch folder does no harm.
        }
    }
}
