package org.adapterbench.cli;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.adapterbench.api.UserError;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.grid.PlannedRun;
import org.adapterbench.core.run.WarmupCheckpoints;

/** Whether the cache can be used, found out before anything is computed. */
final class CacheAccess {

    static final String REMEDY = "set ADAPTERBENCH_CACHE to a folder that can be written";

    private CacheAccess() {}

    /** What stands against using the cache at all, in words; nothing where it can be read, or made. */
    static Optional<String> problem(CacheFolder cache) {
        Path root = cache.root();
        return Files.isDirectory(root)
                ? Files.isReadable(root) && Files.isExecutable(root)
                        ? Optional.empty()
                        : Optional.of(root + " cannot be read")
                : unwritable(root);
    }

    /** What stands against writing into a folder that may have to be made, in words. */
    static Optional<String> unwritable(Path folder) {
        Path existing = folder;
        while (!Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing)) {
            return Optional.of(existing + " is no folder");
        }
        return Files.isWritable(existing) ? Optional.empty() : Optional.of("no permission to write in " + existing);
    }

    /** @throws UserError when the cache cannot be used */
    static void require(CacheFolder cache) {
        problem(cache).ifPresent(problem -> {
            throw refused(cache, problem);
        });
    }

    /** @throws UserError when one of the runs needs a warm-up that is not there and could not be kept */
    static void requireWarmups(CacheFolder cache, List<PlannedRun> runs) {
        unwritable(cache.warmups()).ifPresent(problem -> {
            if (runs.stream().anyMatch(run -> !WarmupCheckpoints.has(cache, run.spec()))) {
                throw refused(cache, "there is no place for warm-up checkpoints: " + problem);
            }
        });
    }

    private static UserError refused(CacheFolder cache, String problem) {
        return new UserError("cache " + cache.root() + ": " + problem + " (allowed: a writable folder; "
                + "ADAPTERBENCH_CACHE names another)");
    }
}
