package org.adapterbench.core.weights;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.adapterbench.api.UserError;

/**
 * The initialisers of an ONNX file under their PyTorch names. PyTorch's exporter keeps the names of biases,
 * LayerNorms and embeddings, but folds the transpose of each dense kernel into an anonymous constant
 * ({@code onnx::MatMul_1234}, in x out): such a kernel takes its name from the one MatMul node that uses it,
 * and is given back out x in.
 */
public final class OnnxWeights implements WeightSource {

    private record Initialiser(OnnxMl.TensorProto tensor, boolean transposed) {}

    private static final String MATMUL = "MatMul";

    private final String where;
    private final SortedMap<String, Initialiser> initialisers;

    private OnnxWeights(String where, SortedMap<String, Initialiser> initialisers) {
        this.where = where;
        this.initialisers = initialisers;
    }

    /**
     * @param where what messages call the file
     * @throws UserError when the bytes are not an ONNX model of this kind
     */
    public static OnnxWeights parse(String where, byte[] onnx) {
        OnnxMl.GraphProto graph = graph(where, onnx);
        Map<String, OnnxMl.TensorProto> tensors = new HashMap<>();
        graph.getInitializerList().forEach(tensor -> tensors.put(tensor.getName(), tensor));
        SortedMap<String, Initialiser> named = new TreeMap<>();
        for (OnnxMl.NodeProto node : graph.getNodeList()) {
            if (!node.getOpType().equals(MATMUL) || node.getInputCount() != 2) {
                continue;
            }
            OnnxMl.TensorProto kernel = tensors.remove(node.getInput(1));
            if (kernel != null) {
                Initialiser before = named.put(kernelName(node.getName()), new Initialiser(kernel, true));
                if (before != null || kernel.getDimsCount() != 2) {
                    throw new UserError(where + ": node " + node.getName() + " does not name one matrix");
                }
            }
        }
        tensors.forEach((name, tensor) -> named.put(name, new Initialiser(tensor, false)));
        return new OnnxWeights(where, named);
    }

    private static OnnxMl.GraphProto graph(String where, byte[] onnx) {
        try {
            CodedInputStream in = CodedInputStream.newInstance(onnx);
            in.setSizeLimit(Integer.MAX_VALUE);
            OnnxMl.ModelProto model = OnnxMl.ModelProto.parseFrom(in);
            if (model.getGraph().getInitializerCount() == 0) {
                throw new UserError(where + ": not an ONNX model with weights inside");
            }
            return model.getGraph();
        } catch (IOException e) {
            throw new UserError(where + ": not an ONNX model (truncated?): " + e.getMessage(), e);
        }
    }

    /** {@code /encoder/layer.0/output/dense/MatMul} is the user of {@code encoder.layer.0.output.dense.weight}. */
    private static String kernelName(String node) {
        String path = node.startsWith("/") ? node.substring(1) : node;
        String module = path.endsWith("/" + MATMUL) ? path.substring(0, path.length() - MATMUL.length() - 1) : path;
        return module.replace('/', '.') + ".weight";
    }

    @Override
    public SortedSet<String> names() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(initialisers.keySet()));
    }

    @Override
    public List<Integer> shape(String name) {
        Initialiser initialiser = initialiser(name);
        List<Integer> dims =
                Shapes.of(where + ": tensor " + name, initialiser.tensor().getDimsList());
        return initialiser.transposed() ? List.of(dims.get(1), dims.get(0)) : dims;
    }

    @Override
    public float[] values(String name) {
        Initialiser initialiser = initialiser(name);
        float[] stored = stored(name, initialiser.tensor());
        return initialiser.transposed()
                ? transpose(stored, shape(name).get(1), shape(name).get(0))
                : stored;
    }

    private float[] stored(String name, OnnxMl.TensorProto tensor) {
        List<Integer> dims = Shapes.of(where + ": tensor " + name, tensor.getDimsList());
        if (tensor.getDataType() != OnnxMl.TensorProto.DataType.FLOAT.getNumber()
                || tensor.getDataLocation() != OnnxMl.TensorProto.DataLocation.DEFAULT
                || !Shapes.holds(dims, tensor.getRawData().size())) {
            throw new UserError(where + ": tensor " + name + " is not stored as fp32 bytes inside the file");
        }
        float[] values = new float[tensor.getRawData().size() / Float.BYTES];
        tensor.getRawData()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return values;
    }

    /** From rows x columns to columns x rows. */
    static float[] transpose(float[] values, int rows, int columns) {
        float[] transposed = new float[values.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                transposed[column * rows + row] = values[row * columns + column];
            }
        }
        return transposed;
    }

    private Initialiser initialiser(String name) {
        Initialiser initialiser = initialisers.get(name);
        if (initialiser == null) {
            throw new IllegalArgumentException("no tensor " + name);
        }
        return initialiser;
    }
}
