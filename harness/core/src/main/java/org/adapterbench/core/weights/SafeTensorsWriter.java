package org.adapterbench.core.weights;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Writes tensors as a safetensors file: fp32, names in order, so that equal tensors give equal bytes. The file
 * appears under its name only when it is complete.
 */
public final class SafeTensorsWriter {

    private static final int ALIGNMENT = 8;

    private SafeTensorsWriter() {}

    public static void write(Path file, WeightSource source) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            // Not a temporary file of the system's: that one only its owner may read, under the final name too.
            Path partial = folder.resolve(file.getFileName() + "." + UUID.randomUUID() + ".partial");
            try {
                try (FileChannel channel =
                        FileChannel.open(partial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                    write(Channels.newOutputStream(channel), source);
                    channel.force(true);
                }
                Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(partial);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** The bytes of the file. */
    public static void write(OutputStream out, WeightSource source) throws IOException {
        byte[] header = header(shapes(source));
        out.write(ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .array());
        out.write(header);
        for (String name : source.names()) {
            writeValues(out, source.values(name));
        }
    }

    private static void writeValues(OutputStream out, float[] values) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
        for (int from = 0; from < values.length; from += chunk.capacity() / Float.BYTES) {
            int count = Math.min(values.length - from, chunk.capacity() / Float.BYTES);
            chunk.clear().asFloatBuffer().put(values, from, count);
            out.write(chunk.array(), 0, count * Float.BYTES);
        }
    }

    /**
     * How large a file of tensors is.
     *
     * @param shapes dimensions by name
     */
    public static long size(Map<String, List<Integer>> shapes) {
        long values =
                shapes.values().stream().mapToLong(SafeTensorsWriter::bytes).sum();
        return Long.BYTES + header(new TreeMap<>(shapes)).length + values;
    }

    private static SortedMap<String, List<Integer>> shapes(WeightSource source) {
        SortedMap<String, List<Integer>> shapes = new TreeMap<>();
        source.names().forEach(name -> shapes.put(name, source.shape(name)));
        return shapes;
    }

    private static long bytes(List<Integer> shape) {
        return shape.stream().mapToLong(Integer::longValue).reduce(Float.BYTES, Math::multiplyExact);
    }

    private static byte[] header(SortedMap<String, List<Integer>> shapes) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        long position = 0;
        for (Map.Entry<String, List<Integer>> entry : shapes.entrySet()) {
            long size = bytes(entry.getValue());
            ObjectNode tensor = root.putObject(entry.getKey());
            tensor.put("dtype", "F32");
            entry.getValue().forEach(tensor.putArray("shape")::add);
            tensor.putArray("data_offsets").add(position).add(position + size);
            position += size;
        }
        byte[] json = root.toString().getBytes(StandardCharsets.UTF_8);
        byte[] padded = new byte[(json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT];
        Arrays.fill(padded, (byte) ' ');
        System.arraycopy(json, 0, padded, 0, json.length);
        return padded;
    }
}
