package org.adapterbench.cli.portable;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorShapeProto;

/**
 * The matrix products of a training graph for one shape of batch. The graph is taken in again with the shape
 * written into its placeholders, and TensorFlow's own shape inference tells every operand's shape, gradients
 * included; nothing is computed.
 */
final class GraphProducts {

    private GraphProducts() {}

    /**
     * By name of the node, all products.
     *
     * @param definition of a {@link org.adapterbench.core.train.TrainingGraph}
     * @throws IllegalStateException when a shape cannot be inferred
     */
    static SortedMap<String, Product> of(GraphDef definition, int rows, int length) {
        GraphDef.Builder fixed = definition.toBuilder();
        for (int i = 0; i < definition.getNodeCount(); i++) {
            if (definition.getNode(i).getOp().equals("Placeholder")) {
                fixed.setNode(i, fixed(definition.getNode(i), rows, length));
            }
        }
        SortedMap<String, Product> products = new TreeMap<>();
        try (Graph graph = new Graph()) {
            graph.importGraphDef(fixed.build());
            for (NodeDef node : definition.getNodeList()) {
                if (node.getOp().matches(".*(MatMul|Einsum|Conv).*")) {
                    products.put(node.getName(), product(graph, node));
                }
            }
        }
        return products;
    }

    /**
     * Rows for the one unknown dimension of targets and weights; rows and length for the two of a batch's inputs; those
     * of gradients are known.
     */
    private static NodeDef fixed(NodeDef placeholder, int rows, int length) {
        TensorShapeProto shape = placeholder.getAttrOrThrow("shape").getShape();
        TensorShapeProto.Builder known = shape.toBuilder();
        if (!shape.getUnknownRank()
                && shape.getDimCount() > 0
                && shape.getDim(0).getSize() < 0) {
            known.getDimBuilder(0).setSize(rows);
            if (shape.getDimCount() == 2 && shape.getDim(1).getSize() < 0) {
                known.getDimBuilder(1).setSize(length);
            }
        }
        return placeholder.toBuilder()
                .putAttr("shape", AttrValue.newBuilder().setShape(known).build())
                .build();
    }

    private static Product product(Graph graph, NodeDef node) {
        boolean single = node.getOp().equals("MatMul");
        if (!single && !node.getOp().matches("BatchMatMul(V2|V3)?")) {
            throw new IllegalStateException(node.getName() + " is a " + node.getOp() + ", for which there is no rule");
        }
        boolean left = flag(node, single ? "transpose_a" : "adj_x");
        boolean right = flag(node, single ? "transpose_b" : "adj_y");
        Shape a = shape(graph, node.getInput(0));
        Shape b = shape(graph, node.getInput(1));
        int m = a.numDimensions();
        int n = b.numDimensions();
        long batch = 1;
        for (int i = 0; i < m - 2; i++) {
            batch *= a.get(i);
        }
        long inner = a.get(left ? m - 2 : m - 1);
        if (inner != b.get(right ? n - 1 : n - 2)) {
            throw new IllegalStateException(node.getName() + ": " + a + " and " + b);
        }
        return new Product(
                single, batch, a.get(left ? m - 1 : m - 2), inner, b.get(right ? n - 2 : n - 1), left, right);
    }

    private static boolean flag(NodeDef node, String name) {
        Map<String, AttrValue> attributes = node.getAttrMap();
        return attributes.containsKey(name) && attributes.get(name).getB();
    }

    private static Shape shape(Graph graph, String input) {
        String[] parts = input.split(":");
        GraphOperation operation = graph.operation(parts[0]);
        if (operation == null) {
            throw new IllegalStateException("no node " + parts[0]);
        }
        Shape shape = operation
                .output(parts.length > 1 ? Integer.parseInt(parts[1]) : 0)
                .shape();
        if (shape.isUnknown() || shape.hasUnknownDimension()) {
            throw new IllegalStateException("the shape of " + input + " is not inferred: " + shape);
        }
        return shape;
    }
}
