package org.adapterbench.core.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.adapterbench.api.UserError;
import org.junit.jupiter.api.Test;

class OnnxWeightsTest {

    private static final int FLOAT = OnnxMl.TensorProto.DataType.FLOAT.getNumber();

    @Test
    void anonymousKernelsAreNamedByTheirMatMulAndTurnedOutByIn() {
        OnnxWeights weights = OnnxWeights.parse("x.onnx", smallModel());

        assertThat(weights.names())
                .containsExactly("encoder.layer.0.output.dense.bias", "encoder.layer.0.output.dense.weight");
        assertThat(weights.shape("encoder.layer.0.output.dense.weight")).containsExactly(3, 2);
        assertThat(weights.values("encoder.layer.0.output.dense.weight")).containsExactly(1, 4, 2, 5, 3, 6);
        assertThat(weights.values("encoder.layer.0.output.dense.bias")).containsExactly(7, 8, 9);
    }

    @Test
    void otherBytesAndTruncatedModelsAreRefused() {
        byte[] model = model(OnnxMl.GraphProto.newBuilder().addInitializer(tensor("a", FLOAT, List.of(3L), 1, 2, 3)));
        assertThat(OnnxWeights.parse("x.onnx", model).names()).containsExactly("a");
        for (int length = 0; length < model.length; length++) {
            byte[] cut = Arrays.copyOf(model, length);
            assertThatThrownBy(() -> OnnxWeights.parse("x.onnx", cut))
                    .as("%d bytes", length)
                    .isInstanceOf(UserError.class)
                    .hasMessageStartingWith("x.onnx: not an ONNX model");
        }
    }

    @Test
    void onlyFp32ValuesInsideTheFileAreRead() {
        OnnxWeights weights = parse(OnnxMl.GraphProto.newBuilder()
                .addInitializer(tensor("ids", 7, List.of(1L), 1, 2))
                .addInitializer(tensor("short", FLOAT, List.of(3L), 1, 2))
                .addInitializer(tensor("outside", FLOAT, List.of(1L), 1).toBuilder()
                        .setDataLocation(OnnxMl.TensorProto.DataLocation.EXTERNAL)));
        for (String name : weights.names()) {
            assertThatThrownBy(() -> weights.values(name))
                    .isInstanceOf(UserError.class)
                    .hasMessage("x.onnx: tensor " + name + " is not stored as fp32 bytes inside the file");
        }
    }

    @Test
    void twoKernelsOfOneModuleAreRefused() {
        OnnxMl.GraphProto.Builder graph = OnnxMl.GraphProto.newBuilder()
                .addInitializer(tensor("k1", FLOAT, List.of(1L, 1L), 1))
                .addInitializer(tensor("k2", FLOAT, List.of(1L, 1L), 1))
                .addNode(matMul("/dense/MatMul", "x", "k1"))
                .addNode(matMul("/dense/MatMul", "x", "k2"));
        assertThatThrownBy(() -> parse(graph))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("node /dense/MatMul does not name one matrix");
    }

    /** A dense layer as PyTorch's exporter writes it. */
    static byte[] smallModel() {
        return model(OnnxMl.GraphProto.newBuilder()
                .addInitializer(tensor("onnx::MatMul_7", FLOAT, List.of(2L, 3L), 1, 2, 3, 4, 5, 6))
                .addInitializer(tensor("encoder.layer.0.output.dense.bias", FLOAT, List.of(3L), 7, 8, 9))
                .addNode(matMul("/encoder/layer.0/output/dense/MatMul", "x", "onnx::MatMul_7"))
                .addNode(matMul("/encoder/layer.0/attention/self/MatMul", "x", "y")));
    }

    private static OnnxWeights parse(OnnxMl.GraphProto.Builder graph) {
        return OnnxWeights.parse("x.onnx", model(graph));
    }

    private static byte[] model(OnnxMl.GraphProto.Builder graph) {
        return OnnxMl.ModelProto.newBuilder().setGraph(graph).build().toByteArray();
    }

    private static OnnxMl.NodeProto matMul(String name, String... inputs) {
        return OnnxMl.NodeProto.newBuilder()
                .setOpType("MatMul")
                .setName(name)
                .addAllInput(List.of(inputs))
                .build();
    }

    private static OnnxMl.TensorProto tensor(String name, int type, List<Long> dims, float... values) {
        ByteBuffer raw = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        return OnnxMl.TensorProto.newBuilder()
                .setName(name)
                .setDataType(type)
                .addAllDims(dims)
                .setRawData(ByteString.copyFrom(raw))
                .build();
    }
}
