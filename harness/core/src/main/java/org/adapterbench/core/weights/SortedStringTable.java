package org.adapterbench.core.weights;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
    /** Far above any name of a variable; keys grow from one to the next, so that a small table could hold vast ones. */
    private static final int LONGEST_KEY = 4096;

    private final String where;
    private final ByteBuffer table;
    /** Blocks follow one another, so that no block is read twice. */
    private int free;

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
        List<byte[]> handles = new ArrayList<>();
        forEachInBlock(footer, (lastKey, handle) -> handles.add(handle));
        free = 0;
        for (byte[] handle : handles) {
            forEachInBlock(ByteBuffer.wrap(handle), (key, value) -> put(entries, key, value));
        }
        return entries;
    }

    private void put(SortedMap<String, byte[]> entries, byte[] key, byte[] value) {
        String name = new String(key, StandardCharsets.UTF_8);
        if (entries.put(name, value) != null) {
            throw new UserError(where + ": variable " + name + " is there twice (allowed: once)");
        }
    }

    private void skipHandle(ByteBuffer handle) {
        varint(handle);
        varint(handle);
    }

    private void forEachInBlock(ByteBuffer handle, BiConsumer<byte[], byte[]> consumer) {
        int offset = Math.toIntExact(varint(handle));
        int size = Math.toIntExact(varint(handle));
        if (offset < free) {
            throw new IllegalArgumentException("a block begins inside another");
        }
        ByteBuffer block = table.slice(offset, size).order(ByteOrder.LITTLE_ENDIAN);
        checkTrailer(offset, size);
        free = offset + size;
        long restarts = Integer.toUnsignedLong(block.getInt(size - Integer.BYTES));
        block.limit(Math.toIntExact(size - Integer.BYTES * (restarts + 1)));
        byte[] key = new byte[0];
        while (block.hasRemaining()) {
            int shared = length(block, key.length);
            int own = length(block, LONGEST_KEY - shared);
            byte[] value = new byte[length(block, block.remaining())];
            key = Arrays.copyOf(key, shared + own);
            block.get(key, shared, own).get(value);
            consumer.accept(key, value);
        }
    }

    private static int length(ByteBuffer block, int most) {
        long length = varint(block);
        if (length < 0 || length > most) {
            throw new IllegalArgumentException("a length beyond what is there");
        }
        return (int) length;
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
