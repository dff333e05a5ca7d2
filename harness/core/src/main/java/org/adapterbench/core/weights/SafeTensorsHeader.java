package org.adapterbench.core.weights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.adapterbench.api.UserError;

/**
 * The checked header of a safetensors file: a little-endian 64-bit length, then a JSON object of name to type,
 * shape and data offsets. The data must be covered by the tensors exactly: no gap, no overlap, no trailing byte.
 */
record SafeTensorsHeader(SortedMap<String, Entry> entries, long dataStart) {

    /** The format's own limit; keeps a damaged length from allocating gigabytes. */
    static final long MOST_HEADER_BYTES = 100_000_000;

    private static final Map<String, Integer> BYTES_OF_TYPE = Map.ofEntries(
            Map.entry("BOOL", 1),
            Map.entry("U8", 1),
            Map.entry("I8", 1),
            Map.entry("F8_E5M2", 1),
            Map.entry("F8_E4M3", 1),
            Map.entry("I16", 2),
            Map.entry("U16", 2),
            Map.entry("F16", 2),
            Map.entry("BF16", 2),
            Map.entry("I32", 4),
            Map.entry("U32", 4),
            Map.entry("F32", 4),
            Map.entry("I64", 8),
            Map.entry("U64", 8),
            Map.entry("F64", 8));

    /** One tensor; offsets count from the end of the header. */
    record Entry(String dtype, List<Integer> shape, long begin, long end) {

        long size() {
            return end - begin;
        }
    }

    static SafeTensorsHeader read(Path file, FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < Long.BYTES) {
            throw new UserError(file + ": " + size + " bytes are too few for a safetensors file (truncated?)");
        }
        long length =
                bytes(channel, 0, Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (length < 2 || length > MOST_HEADER_BYTES) {
            refuseLeftovers(file, length);
            throw new UserError(file + ": header of " + Long.toUnsignedString(length) + " bytes (allowed: 2 to "
                    + MOST_HEADER_BYTES + "); not a safetensors file?");
        }
        if (length > size - Long.BYTES) {
            throw new UserError(file + ": header of " + length + " bytes, but only " + (size - Long.BYTES)
                    + " bytes follow (truncated?)");
        }
        ObjectNode json = StrictJson.object(
                file + ": header", bytes(channel, Long.BYTES, (int) length).array());
        SortedMap<String, Entry> entries = new TreeMap<>();
        for (Map.Entry<String, JsonNode> named : json.properties()) {
            if (!named.getKey().equals("__metadata__")) {
                entries.put(named.getKey(), entry(file, named.getKey(), named.getValue()));
            }
        }
        long dataStart = Long.BYTES + length;
        checkCover(file, entries, size - dataStart);
        return new SafeTensorsHeader(entries, dataStart);
    }

    /** What lies in a file's place where its download failed: the length is then the beginning of a text. */
    private static void refuseLeftovers(Path file, long length) {
        String start = new String(
                ByteBuffer.allocate(Long.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(length)
                        .array(),
                StandardCharsets.ISO_8859_1);
        if (start.equals("version ")) {
            throw new UserError(
                    file + ": a Git LFS pointer, not the weights it points to (fetch them with git lfs pull)");
        }
        if (start.startsWith("<")) {
            throw new UserError(file + ": a web page, not weights (the download failed; repeat it)");
        }
    }

    private static ByteBuffer bytes(FileChannel channel, long position, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new EOFException("file ended while it was being read");
            }
        }
        return buffer.flip();
    }

    private static Entry entry(Path file, String name, JsonNode json) {
        String where = file + ": tensor " + name;
        String dtype = json.path("dtype").asText();
        Integer width = BYTES_OF_TYPE.get(dtype);
        if (width == null) {
            throw new UserError(where + " has the unknown type '" + dtype + "' (read as values: F32, F16, BF16)");
        }
        List<Integer> shape = new ArrayList<>();
        if (!json.path("shape").isArray()) {
            throw new UserError(where + " has no shape");
        }
        long elements = 1;
        for (JsonNode dimension : json.path("shape")) {
            if (!dimension.isInt() || dimension.intValue() < 0) {
                throw new UserError(where + " has the dimension " + dimension + " (allowed: 0 to 2147483647)");
            }
            shape.add(dimension.intValue());
            elements = product(where, elements, dimension.intValue());
        }
        JsonNode offsets = json.path("data_offsets");
        if (offsets.size() != 2
                || !offsets.path(0).isIntegralNumber()
                || !offsets.path(1).isIntegralNumber()) {
            throw new UserError(where + " has data_offsets " + offsets + " (needed: [begin, end])");
        }
        long begin = offsets.path(0).asLong();
        long end = offsets.path(1).asLong();
        if (begin < 0 || end < begin || end - begin != product(where, elements, width)) {
            throw new UserError(where + " of type " + dtype + " and shape " + shape + " has data_offsets [" + begin
                    + ", " + end + "] (needed: " + product(where, elements, width) + " bytes)");
        }
        return new Entry(dtype, List.copyOf(shape), begin, end);
    }

    private static long product(String where, long a, long b) {
        try {
            return Math.multiplyExact(a, b);
        } catch (ArithmeticException e) {
            throw new UserError(where + " has an impossible shape", e);
        }
    }

    private static void checkCover(Path file, SortedMap<String, Entry> entries, long dataBytes) {
        long position = 0;
        List<Map.Entry<String, Entry>> inOrder = entries.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, Entry> named) ->
                                named.getValue().begin())
                        .thenComparingLong(named -> named.getValue().end()))
                .toList();
        for (Map.Entry<String, Entry> named : inOrder) {
            Entry entry = named.getValue();
            if (entry.begin() != position) {
                throw new UserError(file + ": tensor " + named.getKey() + " begins at byte " + entry.begin() + " but "
                        + position + " was expected (" + (entry.begin() < position ? "overlap" : "gap") + ")");
            }
            if (entry.end() > dataBytes) {
                throw new UserError(file + ": tensor " + named.getKey() + " ends at byte " + entry.end()
                        + " but the file holds " + dataBytes + " bytes of data (truncated?)");
            }
            position = entry.end();
        }
        if (position != dataBytes) {
            throw new UserError(file + ": " + (dataBytes - position) + " trailing bytes behind the last tensor");
        }
    }
}
