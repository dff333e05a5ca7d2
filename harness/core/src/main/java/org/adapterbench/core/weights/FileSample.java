package org.adapterbench.core.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.adapterbench.api.Reason;
import org.adapterbench.api.Sha256;
import org.adapterbench.api.UserError;

/**
 * A digest of a file's length and of blocks spread evenly over it: tells one checkpoint from another in
 * milliseconds, where a digest of hundreds of megabytes would take a second.
 */
final class FileSample {

    private static final int BLOCK = 4096;
    private static final int BLOCKS = 64;

    private FileSample() {}

    static String of(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            Sha256 sha = new Sha256().add(size);
            long lastStart = Math.max(0, size - BLOCK);
            for (int block = 0; block < BLOCKS; block++) {
                ByteBuffer bytes = ByteBuffer.allocate(BLOCK);
                long position = lastStart / (BLOCKS - 1) * block + lastStart % (BLOCKS - 1) * block / (BLOCKS - 1);
                while (bytes.hasRemaining() && channel.read(bytes, position + bytes.position()) >= 0) {
                    // Reads until the block is full or the file ends.
                }
                sha.add(bytes.flip());
            }
            return sha.hex();
        } catch (IOException e) {
            throw new UserError(file + ": cannot be read: " + Reason.of(e), e);
        }
    }
}
