package org.adapterbench.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.adapterbench.core.CacheFolder;
import org.jspecify.annotations.Nullable;

/** A lock that every experiment under way shares, so that nobody cleans the cache that it reads. */
final class CacheUse implements AutoCloseable {

    private final CacheFolder cache;
    private final @Nullable FileChannel channel;

    private CacheUse(CacheFolder cache, @Nullable FileChannel channel) {
        this.cache = cache;
        this.channel = channel;
    }

    /** What nobody cleans until this is closed. */
    CacheFolder cache() {
        return cache;
    }

    /** Holds the lock until it is closed, together with others; the system lets go of it when a process dies. */
    static CacheUse begin(CacheFolder cache) {
        return new CacheUse(cache, locked(cache, true));
    }

    /** Whether an experiment, of this process or another, uses the cache. */
    static boolean isGoingOn(CacheFolder cache) {
        if (!Files.exists(file(cache))) {
            return false;
        }
        try (CacheUse alone = new CacheUse(cache, locked(cache, false))) {
            return alone.channel == null;
        }
    }

    private static Path file(CacheFolder cache) {
        return cache.root().resolve(".in-use");
    }

    /** Null where the lock cannot be had: held by another, or a folder that cannot be written, nor cleaned then. */
    private static @Nullable FileChannel locked(CacheFolder cache, boolean shared) {
        FileChannel channel = null;
        try {
            Files.createDirectories(cache.root());
            channel = FileChannel.open(
                    file(cache), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock(0, Long.MAX_VALUE, shared);
            if (lock != null) {
                return channel;
            }
        } catch (IOException | OverlappingFileLockException e) {
            // Told by the null.
        }
        close(channel);
        return null;
    }

    private static void close(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // The lock ends with the process at the latest.
        }
    }

    @Override
    public void close() {
        close(channel);
    }
}
