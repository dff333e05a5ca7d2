package org.adapterbench.core.weights;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.adapterbench.api.Reason;
import org.adapterbench.api.UserError;

/** Lets one process, and one thread of it, at a time do something to a folder. The lock file stays. */
final class FolderLock {

    /** What is done while the lock is held. */
    @FunctionalInterface
    interface Action<T> {
        T run() throws IOException;
    }

    private FolderLock() {}

    static <T> T holding(Path lockFile, Action<T> action) {
        // The file lock keeps other processes out, the monitor this process's other threads: a second attempt to
        // lock a file within one JVM is an exception, not a wait.
        synchronized (FolderLock.class) {
            try {
                Files.createDirectories(lockFile.toAbsolutePath().getParent());
                try (FileChannel channel =
                                FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        FileLock lock = channel.lock()) {
                    if (!lock.isValid()) {
                        throw new IOException("the lock on " + lockFile + " was lost");
                    }
                    return action.run();
                }
            } catch (IOException e) {
                throw new UserError(
                        lockFile.getParent() + ": cannot be written: " + Reason.of(e) + " (allowed: a writable folder;"
                                + " ADAPTERBENCH_CACHE names another cache)",
                        e);
            }
        }
    }
}
