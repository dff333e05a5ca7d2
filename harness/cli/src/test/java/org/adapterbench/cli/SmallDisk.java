package org.adapterbench.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file system of a few megabytes in memory, which can be filled and made read-only. Mounting needs root. */
final class SmallDisk implements AutoCloseable {

    private final Path folder;
    private final Path filler;
    private boolean readOnly;

    private SmallDisk(Path folder) {
        this.folder = folder;
        this.filler = folder.resolve("filler");
    }

    /** Mounts it, or skips the test where that is not possible. */
    static SmallDisk mount(Path folder, int megabytes) throws IOException {
        Files.createDirectories(folder);
        assumeTrue(
                succeeds("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "small-disk", folder.toString()),
                "SKIPPED: `mount -t tmpfs` does not work (allowed: root on Linux, with the right to mount)");
        return new SmallDisk(folder);
    }

    /** Takes all room but so much. */
    void fill(int leftBytes) throws IOException {
        byte[] block = new byte[4096];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            try (RandomAccessFile file = new RandomAccessFile(filler.toFile(), "rw")) {
                file.setLength(file.length() - leftBytes);
            }
        }
    }

    /**
     * Whatever opens, makes, renames or removes a file from now on meets a read-only file system. The same folder is
     * mounted over itself, since Linux leaves no file system whose files are open for writing read-only.
     */
    void makeReadOnly() throws IOException {
        readOnly = require("mount", "--bind", folder.toString(), folder.toString());
        require("mount", "-o", "remount,bind,ro", folder.toString());
    }

    /** Gives back what was taken. */
    void relieve() throws IOException {
        if (readOnly) {
            require("umount", folder.toString());
            readOnly = false;
        }
        Files.deleteIfExists(filler);
    }

    @Override
    public void close() throws IOException {
        relieve();
        require("umount", "--lazy", folder.toString());
    }

    private static boolean require(String... command) throws IOException {
        if (!succeeds(command)) {
            throw new IllegalStateException(String.join(" ", command) + " does not work");
        }
        return true;
    }

    private static boolean succeeds(String... command) {
        try {
            return new ProcessBuilder(List.of(command)).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
