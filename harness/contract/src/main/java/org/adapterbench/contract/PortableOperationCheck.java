package org.adapterbench.contract;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * Holds a graph to the operations whose bits are the same on every processor with AVX2, as measured natively and on
 * emulated processors. All others count as dependent on it, so that a new one must be measured before it is used;
 * above all Softmax, Rsqrt, Reciprocal and Atan, which start from approximate instructions, and
 * StatelessRandomNormal, which follows the C library.
 */
public final class PortableOperationCheck {

    /** Elementwise arithmetic and reductions; products obey a rule for their shapes besides. */
    private static final Set<String> ARITHMETIC = Set.of(
            "Add",
            "AddN",
            "AddV2",
            "ApplyAdam",
            "ApplyGradientDescent",
            "BatchMatMulV3",
            "BiasAdd",
            "BiasAddGrad",
            "Div",
            "Erf",
            "Exp",
            "LogSoftmax",
            "MatMul",
            "Max",
            "Maximum",
            "Minimum",
            "Mul",
            "Neg",
            "RealDiv",
            "Relu",
            "ReluGrad",
            "SoftmaxCrossEntropyWithLogits",
            "Sqrt",
            "SqrtGrad",
            "Square",
            "Sub",
            "Sum",
            "Tanh",
            "TanhGrad");

    /** What moves, compares or counts elements, and random numbers made of whole ones. */
    private static final Set<String> MOVING = Set.of(
            "Assign",
            "Bitcast",
            "BroadcastGradientArgs",
            "Cast",
            "ConcatOffset",
            "ConcatV2",
            "Const",
            "DynamicStitch",
            "Equal",
            "ExpandDims",
            "Fill",
            "FloorDiv",
            "Gather",
            "GatherV2",
            "GreaterEqual",
            "Identity",
            "InvertPermutation",
            "Mod",
            "NoOp",
            "OnesLike",
            "Pack",
            "Pad",
            "PadV2",
            "Placeholder",
            "Range",
            "Rank",
            "Reshape",
            "Shape",
            "Size",
            "Slice",
            "Squeeze",
            "StatelessRandomUniform",
            "StatelessRandomUniformFullInt",
            "StopGradient",
            "StridedSlice",
            "Tile",
            "Transpose",
            "Unpack",
            "UnsortedSegmentSum",
            "VariableV2",
            "ZerosLike",
            "_Arg",
            "_Retval");

    private static final Set<String> DIVISIONS = Set.of("Div", "RealDiv");

    private final Map<String, NodeDef> nodes = new HashMap<>();
    private final Map<String, Boolean> constant = new HashMap<>();

    private PortableOperationCheck(GraphDef graph) {
        graph.getNodeList().forEach(node -> nodes.put(node.getName(), node));
    }

    /** What in a graph may differ between processors, a line each; none where it is portable. */
    public static List<String> violations(GraphDef graph) {
        PortableOperationCheck check = new PortableOperationCheck(graph);
        TreeSet<String> found = new TreeSet<>();
        for (NodeDef node : graph.getNodeList()) {
            if (!ARITHMETIC.contains(node.getOp()) && !MOVING.contains(node.getOp())) {
                found.add(node.getOp() + " is not known to be portable");
            }
            // Constant folding makes an approximate reciprocal of the divisor, which the graph then hides.
            if (DIVISIONS.contains(node.getOp()) && check.isConstant(node.getInput(1))) {
                found.add(node.getOp() + " by a constant in " + node.getName());
            }
        }
        return new ArrayList<>(found);
    }

    /** Whether an input is computed from constants alone. */
    private boolean isConstant(String input) {
        String name = input.replaceFirst(":.*", "");
        Boolean known = constant.get(name);
        if (known == null) {
            NodeDef node = nodes.get(name);
            List<String> operands = node == null
                    ? List.of()
                    : node.getInputList().stream()
                            .filter(next -> !next.startsWith("^"))
                            .toList();
            known = node != null
                    && (node.getOp().equals("Const")
                            || (!operands.isEmpty() && operands.stream().allMatch(this::isConstant)));
            constant.put(name, known);
        }
        return known;
    }
}
