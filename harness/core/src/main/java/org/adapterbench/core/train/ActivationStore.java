package org.adapterbench.core.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Room for the activations behind frozen layers, shared by the runs of one worker: memory first, then a
 * memory-mapped file that has no name and so vanishes with the process, and no more than the bound. Holds the
 * activations of one start at a time. Not safe for concurrent use.
 */
public final class ActivationStore implements AutoCloseable {

    /** What is kept in memory before a file is used. */
    public static final long MEMORY_BYTES = 256L << 20;

    /** Memory and file grow by this much. */
    public static final int SEGMENT_BYTES = 64 << 20;

    private final Path folder;
    private final long bytes;
    private final List<ByteBuffer> segments = new ArrayList<>();
    private final Map<String, StoredActivations> known = new HashMap<>();
    private @Nullable FileChannel file;
    private String start = "";
    private int segment;
    private int position;

    /**
     * @param folder where the file lies when one is needed
     * @param bytes  bound on memory and file together; 0 stores nothing
     */
    public ActivationStore(Path folder, long bytes) {
        this.folder = folder;
        this.bytes = bytes;
    }

    /** No room at all. */
    static ActivationStore none() {
        return new ActivationStore(Path.of(""), 0);
    }

    /** Whether anything can be stored. */
    boolean exists() {
        return bytes > 0;
    }

    /** What is known of a start; the first question about another start forgets all others. */
    @Nullable
    StoredActivations find(String ofStart, String key) {
        if (!start.equals(ofStart)) {
            known.clear();
            segment = 0;
            position = 0;
            start = ofStart;
        }
        return known.get(key);
    }

    void keep(String key, StoredActivations activations) {
        known.put(key, activations);
    }

    /** One block for each number of values, or null when not all of them fit. */
    @Nullable
    List<ActivationBlock> take(List<Integer> values, ActivationBlock.Width width) {
        int segmentBefore = segment;
        int positionBefore = position;
        List<ActivationBlock> blocks = new ArrayList<>();
        for (int size : values) {
            ByteBuffer block = take(size * width.bytes());
            if (block == null) {
                segment = segmentBefore;
                position = positionBefore;
                return null;
            }
            blocks.add(width.in(block));
        }
        return blocks;
    }

    private @Nullable ByteBuffer take(int size) {
        if (size > SEGMENT_BYTES) {
            return null;
        }
        if (position + size > SEGMENT_BYTES) {
            segment++;
            position = 0;
        }
        if (segment == segments.size()) {
            if ((segment + 1L) * SEGMENT_BYTES > bytes) {
                return null;
            }
            segments.add(newSegment());
        }
        ByteBuffer block = segments.get(segment).slice(position, size).order(ByteOrder.nativeOrder());
        position += size;
        return block;
    }

    private ByteBuffer newSegment() {
        long offset = (long) segments.size() * SEGMENT_BYTES;
        if (offset + SEGMENT_BYTES <= MEMORY_BYTES) {
            return ByteBuffer.allocateDirect(SEGMENT_BYTES);
        }
        try {
            if (file == null) {
                file = nameless();
            }
            // Written before it is mapped: a full disk is an error here, and would be a crash of the process there.
            long begin = offset - MEMORY_BYTES;
            ByteBuffer zeros = ByteBuffer.allocate(1 << 20);
            for (long at = begin; at < begin + SEGMENT_BYTES; at += zeros.capacity()) {
                for (zeros.clear(); zeros.hasRemaining(); ) {
                    file.write(zeros, at + zeros.position());
                }
            }
            return file.map(MapMode.READ_WRITE, begin, SEGMENT_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write in " + folder, e);
        }
    }

    private FileChannel nameless() throws IOException {
        Files.createDirectories(folder);
        Path path = Files.createTempFile(folder, "activations", ".tmp");
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        Files.delete(path);
        return channel;
    }

    @Override
    public void close() {
        known.clear();
        segments.clear();
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot close a file in " + folder, e);
            }
        }
    }
}
