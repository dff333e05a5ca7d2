package org.adapterbench.core.weights;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.zip.CRC32C;
import org.adapterbench.api.UserError;

/**
 * The key-value table that a TensorFlow checkpoint's {@code .index} file is: LevelDB's format. The last 48 bytes
 * name an index block, whose values name the data blocks; in a block a key shares a prefix with the one before.
 */
final class SortedStringTable {

    private static final int FOOTER_BYTES = 48;
    private static final int TRAILER_BYTES = 5;
    private static final long MAGIC = 0xdb4775248b80fb57L;

    private final String where;
    private final ByteBuffer table;

    private SortedStringTable(String where, byte[] table) {
        this.where = where;
        this.table = ByteBuffer.wrap(table).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** @throws UserError when the bytes are not a table, or one of its checksums is wrong */
    static SortedMap<String, byte[]> read(String where, byte[] table) {
        SortedStringTable reader = new SortedStringTable(where, table);
        try {
            return reader.entries();
        } catch (BufferUnderflowException
                | IndexOutOfBoundsException
                | IllegalArgumentException
                | ArithmeticException e) {
            throw new UserError(where + ": not a checkpoint index (truncated?)", e);
        }
    }

    private SortedMap<String, byte[]> entries() {
        if (table.capacity() < FOOTER_BYTES || table.getLong(table.capacity() - Long.BYTES) != MAGIC) {
            throw new UserError(where + ": not a checkpoint index (truncated?)");
        }
        ByteBuffer footer = table.slice(table.capacity() - FOOTER_BYTES, FOOTER_BYTES);
        skipHandle(footer);
        SortedMap<String, byte[]> entries = new TreeMap<>();
        forEachInBlock(
                footer,
                (lastKey, handle) -> forEachInBlock(
                        ByteBuffer.wrap(handle),
                        (key, value) -> entries.put(new String(key, StandardCharsets.UTF_8), value)));
        return entries;
    }

    private void skipHandle(ByteBuffer handle) {
        varint(handle);
        varint(handle);
    }

    private void forEachInBlock(ByteBuffer handle, BiConsumer<byte[], byte[]> consumer) {
        int offset = Math.toIntExact(varint(handle));
        int size = Math.toIntExact(varint(handle));
        ByteBuffer block = table.slice(offset, size).order(ByteOrder.LITTLE_ENDIAN);
        checkTrailer(offset, size);
        int restarts = block.getInt(size - Integer.BYTES);
        block.limit(size - Integer.BYTES * (restarts + 1));
        byte[] key = new byte[0];
        while (block.hasRemaining()) {
            int shared = Math.toIntExact(varint(block));
            int own = Math.toIntExact(varint(block));
            byte[] value = new byte[Math.toIntExact(varint(block))];
            ByteArrayOutputStream next = new ByteArrayOutputStream();
            next.write(key, 0, shared);
            byte[] suffix = new byte[own];
            block.get(suffix).get(value);
            next.writeBytes(suffix);
            key = next.toByteArray();
            consumer.accept(key, value);
        }
    }

    /** One byte for the compression, four for the checksum of the block and that byte. */
    private void checkTrailer(int offset, int size) {
        if (table.get(offset + size) != 0) {
            throw new UserError(where + ": a block is compressed (allowed: uncompressed, as TensorFlow writes it)");
        }
        CRC32C crc = new CRC32C();
        crc.update(table.slice(offset, size + 1));
        if (masked(crc) != table.getInt(offset + size + TRAILER_BYTES - Integer.BYTES)) {
            throw new UserError(where + ": a checksum is wrong (damaged file)");
        }
    }

    /** LevelDB stores checksums rotated and shifted, lest a checksum of checksums degenerate. */
    static int masked(CRC32C crc) {
        return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("number too long");
    }
}
