package org.adapterbench.core.weights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.adapterbench.api.Reason;
import org.adapterbench.api.UserError;

/**
 * A safetensors file, or several that one index names. The whole header is checked when the file is opened; values are
 * read and converted to fp32 when they are asked for. They are read and not mapped: a mapping counts in the memory of a
 * run for as long as it lives, and a file that is cut short under it ends the process. A file stays open, so that one
 * that takes its place is not read half; the garbage collector closes it.
 */
public final class SafeTensors implements WeightSource {

    /** A whole number of values of every type. */
    private static final int CHUNK_BYTES = 1 << 16;

    private record Tensor(Path file, SafeTensorsHeader.Entry entry, RandomAccessFile content, long position) {}

    private final SortedMap<String, Tensor> tensors;

    private SafeTensors(SortedMap<String, Tensor> tensors) {
        this.tensors = tensors;
    }

    /** @throws UserError naming the file, and the tensor where there is one, when the file is damaged */
    public static SafeTensors open(Path file) {
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            SafeTensorsHeader header = SafeTensorsHeader.read(file, channel);
            RandomAccessFile content = new RandomAccessFile(file.toFile(), "r");
            for (Map.Entry<String, SafeTensorsHeader.Entry> named :
                    header.entries().entrySet()) {
                SafeTensorsHeader.Entry entry = named.getValue();
                if (entry.size() > Integer.MAX_VALUE) {
                    throw new UserError(file + ": tensor " + named.getKey() + " has " + entry.size()
                            + " bytes (allowed: less than 2 GiB)");
                }
                tensors.put(named.getKey(), new Tensor(file, entry, content, header.dataStart() + entry.begin()));
            }
        } catch (IOException e) {
            throw new UserError(file + ": cannot be read: " + Reason.of(e), e);
        }
        return new SafeTensors(tensors);
    }

    /** Opens the shards that {@code model.safetensors.index.json} lists, all in the index's folder. */
    public static SafeTensors openSharded(Path index) {
        ObjectNode root = StrictJson.object(index);
        JsonNode weightMap = root.path("weight_map");
        if (!weightMap.isObject() || weightMap.isEmpty()) {
            throw new UserError(index + ": weight_map is missing or empty (needed: tensor name -> file name)");
        }
        Map<String, SafeTensors> shards = new TreeMap<>();
        SortedMap<String, Tensor> all = new TreeMap<>();
        for (Map.Entry<String, JsonNode> named : weightMap.properties()) {
            SafeTensors shard = shards.computeIfAbsent(
                    named.getValue().asText(),
                    name -> open(index.resolveSibling(requireShardName(index, named.getKey(), name))));
            Tensor tensor = shard.tensors.get(named.getKey());
            if (tensor == null) {
                throw new UserError(index + ": tensor " + named.getKey() + " is not in "
                        + named.getValue().asText());
            }
            all.put(named.getKey(), tensor);
        }
        shards.forEach((name, shard) -> shard.names().stream()
                .filter(tensor -> !name.equals(weightMap.path(tensor).asText()))
                .findFirst()
                .ifPresent(tensor -> {
                    throw new UserError(index + ": tensor " + tensor + " of " + name + " is not listed there");
                }));
        return new SafeTensors(all);
    }

    /** The file name of a shard as it stands in an index, when it is harmless. */
    static String requireShardName(Path index, String tensor, String name) {
        // A path in the index could name any file of the machine.
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*\\.safetensors")) {
            throw new UserError(index + ": tensor " + tensor + " names the file '" + name
                    + "' (allowed: a plain file name that ends in .safetensors)");
        }
        return name;
    }

    @Override
    public SortedSet<String> names() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(tensors.keySet()));
    }

    @Override
    public List<Integer> shape(String name) {
        return tensor(name).entry().shape();
    }

    /** The type as the file spells it, for instance {@code BF16}. */
    public String dtype(String name) {
        return tensor(name).entry().dtype();
    }

    @Override
    public float[] values(String name) {
        Tensor tensor = tensor(name);
        return switch (tensor.entry().dtype()) {
            case "F32" -> read(tensor, Float.BYTES, ByteBuffer::getFloat);
            case "BF16" -> read(tensor, Short.BYTES, bytes -> Float.intBitsToFloat(bytes.getShort() << Short.SIZE));
            case "F16" -> read(tensor, Short.BYTES, bytes -> HalfPrecision.toFloat(bytes.getShort()));
            default ->
                throw new UserError(tensor.file() + ": tensor " + name + " has type "
                        + tensor.entry().dtype() + " (allowed: F32, F16, BF16)");
        };
    }

    /** Takes the next value from the bytes. */
    private interface Decoder {
        float next(ByteBuffer bytes);
    }

    private static float[] read(Tensor tensor, int width, Decoder decoder) {
        float[] values = new float[(int) (tensor.entry().size() / width)];
        byte[] chunk = new byte[CHUNK_BYTES];
        RandomAccessFile content = tensor.content();
        synchronized (content) {
            try {
                content.seek(tensor.position());
                for (int first = 0; first < values.length; first += CHUNK_BYTES / width) {
                    int count = Math.min(CHUNK_BYTES / width, values.length - first);
                    content.readFully(chunk, 0, count * width);
                    ByteBuffer bytes = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN);
                    for (int i = first; i < first + count; i++) {
                        values[i] = decoder.next(bytes);
                    }
                }
            } catch (IOException e) {
                throw new UserError(tensor.file() + ": cannot be read: " + Reason.of(e), e);
            }
        }
        return values;
    }

    private Tensor tensor(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("no tensor " + name);
        }
        return tensor;
    }
}
