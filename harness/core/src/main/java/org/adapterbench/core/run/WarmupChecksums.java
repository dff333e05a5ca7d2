package org.adapterbench.core.run;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.adapterbench.api.Sha256;
import org.adapterbench.core.AtomicFile;
import org.adapterbench.core.weights.SafeTensorsWriter;
import org.adapterbench.core.weights.WeightSource;

/**
 * The SHA-256 beside each warm-up checkpoint, against which a worker compares the file once, before its first use:
 * a later run of the same worker would read the same bytes from memory.
 */
final class WarmupChecksums {

    private final Consumer<String> log;
    private final Set<Path> compared = new HashSet<>();

    /** @param log told in one line of a file that has no checksum */
    WarmupChecksums(Consumer<String> log) {
        this.log = log;
    }

    /** The checksum's file. */
    static Path beside(Path file) {
        return file.resolveSibling(file.getFileName() + ".sha256");
    }

    /**
     * Keeps the checksum of a file that is to be written, before it is, so that there is never a new file without
     * one. It is of the values in memory and so shows what the disk makes of them, too.
     */
    void keep(Path file, WeightSource source) throws IOException {
        Sha256 sha = new Sha256();
        SafeTensorsWriter.write(
                new OutputStream() {
                    @Override
                    public void write(int value) {
                        write(new byte[] {(byte) value}, 0, 1);
                    }

                    @Override
                    public void write(byte[] bytes, int from, int count) {
                        sha.add(ByteBuffer.wrap(bytes, from, count));
                    }
                },
                source);
        AtomicFile.write(beside(file), (sha.hex() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Whether a file that exists can be used. One without a checksum was written by an earlier version of this program:
     * nothing can be said of it, and computing it again may take hours, so it is used and the log says so.
     */
    boolean fits(Path file) throws IOException {
        if (compared.contains(file)) {
            return true;
        }
        Path checksum = beside(file);
        if (!Files.exists(checksum)) {
            log.accept("warm-up " + file + ": has no checksum, for an earlier version wrote it; used as it is");
        } else if (!Files.readString(checksum, StandardCharsets.UTF_8).strip().equals(sha256(file))) {
            return false;
        }
        compared.add(file);
        return true;
    }

    /** A stop interrupts the thread, which breaks off reading from a channel, but not from this stream. */
    private static String sha256(Path file) throws IOException {
        try (InputStream in = new FileInputStream(file.toFile())) {
            return Sha256.ofStream(in);
        }
    }
}
