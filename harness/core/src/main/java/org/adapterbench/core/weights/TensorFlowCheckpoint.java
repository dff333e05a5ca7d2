package org.adapterbench.core.weights;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32C;
import org.adapterbench.api.Reason;
import org.adapterbench.api.UserError;
import org.tensorflow.proto.BundleEntryProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorShapeProto;

/**
 * The variables of a TensorFlow checkpoint under their own names, read without TensorFlow so that the account of
 * loaded and unused variables is complete. Dense kernels, stored in x out, are given out x in. Values are checked
 * against the checkpoint's checksums when they are read.
 */
public final class TensorFlowCheckpoint implements WeightSource {

    private static final String INDEX = ".index";
    private static final String ONLY_SHARD = ".data-00000-of-00001";

    private record Variable(BundleEntryProto entry, ByteBuffer bytes) {}

    private final Path data;
    private final SortedMap<String, Variable> variables;

    private TensorFlowCheckpoint(Path data, SortedMap<String, Variable> variables) {
        this.data = data;
        this.variables = variables;
    }

    /**
     * Opens a checkpoint of one data file. The data stay readable when the files are deleted afterwards, where
     * the operating system allows that.
     *
     * @param prefix the common beginning of the files' paths, for instance {@code .../variables/variables}
     * @throws UserError when the checkpoint is damaged
     */
    public static TensorFlowCheckpoint open(Path prefix) {
        return open(
                prefix.resolveSibling(prefix.getFileName() + INDEX),
                prefix.resolveSibling(prefix.getFileName() + ONLY_SHARD));
    }

    static TensorFlowCheckpoint open(Path index, Path data) {
        try (FileChannel channel = FileChannel.open(data, StandardOpenOption.READ)) {
            SortedMap<String, Variable> variables = new TreeMap<>();
            for (Map.Entry<String, byte[]> named : SortedStringTable.read(index.toString(), Files.readAllBytes(index))
                    .entrySet()) {
                // The empty key holds the header of the bundle.
                if (!named.getKey().isEmpty()) {
                    BundleEntryProto entry = BundleEntryProto.parseFrom(named.getValue());
                    variables.put(named.getKey(), new Variable(entry, map(data, channel, named.getKey(), entry)));
                }
            }
            return new TensorFlowCheckpoint(data, variables);
        } catch (InvalidProtocolBufferException e) {
            throw new UserError(index + ": not a checkpoint index: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UserError(index + ": checkpoint cannot be read: " + Reason.of(e), e);
        }
    }

    private static ByteBuffer map(Path data, FileChannel channel, String name, BundleEntryProto entry)
            throws IOException {
        if (entry.getShardId() != 0
                || entry.getSlicesCount() > 0
                || entry.getSize() < 0
                || entry.getSize() > Integer.MAX_VALUE
                || entry.getOffset() < 0
                || entry.getOffset() > channel.size() - entry.getSize()) {
            throw new UserError(data + ": variable " + name + " is not whole in this file (truncated?)");
        }
        return channel.map(FileChannel.MapMode.READ_ONLY, entry.getOffset(), entry.getSize())
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Hugging Face's name for a variable of Google's BERT: {@code module/bert/encoder/layer_0/output/dense/kernel}
     * is {@code encoder.layer.0.output.dense.weight}.
     */
    public static String canonicalName(String variable) {
        String path = variable.replaceFirst("^(module/)?bert/", "").replaceFirst("/layer_(\\d+)/", "/layer/$1/");
        String dotted = path.replace('/', '.')
                .replaceFirst("\\.(kernel|gamma)$", ".weight")
                .replaceFirst("\\.beta$", ".bias");
        return dotted.endsWith("_embeddings") ? dotted + ".weight" : dotted;
    }

    @Override
    public SortedSet<String> names() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(variables.keySet()));
    }

    @Override
    public List<Integer> shape(String name) {
        List<Integer> stored = storedShape(name, variable(name));
        return isKernel(name, stored) ? List.of(stored.get(1), stored.get(0)) : stored;
    }

    @Override
    public float[] values(String name) {
        Variable variable = variable(name);
        List<Integer> stored = storedShape(name, variable);
        long elements = variable.bytes().capacity() / Float.BYTES;
        if (variable.entry().getDtype() != DataType.DT_FLOAT
                || !Shapes.holds(stored, variable.bytes().capacity())) {
            throw new UserError(data + ": variable " + name + " of type "
                    + variable.entry().getDtype() + " is not fp32 values of shape " + stored);
        }
        CRC32C crc = new CRC32C();
        crc.update(variable.bytes().duplicate());
        if (SortedStringTable.masked(crc) != variable.entry().getCrc32C()) {
            throw new UserError(data + ": variable " + name + " has a wrong checksum (damaged file)");
        }
        float[] values = new float[(int) elements];
        variable.bytes()
                .duplicate()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return isKernel(name, stored) ? OnnxWeights.transpose(values, stored.get(0), stored.get(1)) : values;
    }

    private static boolean isKernel(String name, List<Integer> stored) {
        return name.endsWith("/kernel") && stored.size() == 2;
    }

    private List<Integer> storedShape(String name, Variable variable) {
        return Shapes.of(
                data + ": variable " + name,
                variable.entry().getShape().getDimList().stream()
                        .map(TensorShapeProto.Dim::getSize)
                        .toList());
    }

    private Variable variable(String name) {
        Variable variable = variables.get(name);
        if (variable == null) {
            throw new IllegalArgumentException("no variable " + name);
        }
        return variable;
    }
}
