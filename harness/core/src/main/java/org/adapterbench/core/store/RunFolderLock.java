package org.adapterbench.core.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.adapterbench.core.RunStopped;

/**
 * Held by the process that writes into a run's folder. A worker whose parent was killed lives on for some seconds,
 * until its step has ended; the next command's worker must not meet it there.
 */
public final class RunFolderLock implements AutoCloseable {

    static final String FILE = ".lock";

    /** Longer than a worker outlives its parent. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration POLL = Duration.ofMillis(100);

    private final FileChannel channel;

    private RunFolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Waits for whoever holds the folder, and takes it.
     *
     * @param waiting told once when that is not done at once
     * @throws IOException when the other process does not leave
     */
    public static RunFolderLock take(Path folder, Runnable waiting) throws IOException {
        Files.createDirectories(folder);
        FileChannel channel =
                FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            long begun = System.nanoTime();
            for (int attempt = 0; !locked(channel); attempt++) {
                if (attempt == 0) {
                    waiting.run();
                }
                if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                    throw new IOException("another process still writes to " + folder);
                }
                RunStopped.pause(POLL);
            }
            return new RunFolderLock(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        FileLock lock = channel.tryLock();
        return lock != null && lock.isValid();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
