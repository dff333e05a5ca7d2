package org.adapterbench.cli.portable;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.adapterbench.api.method.Adapter;
import org.adapterbench.api.method.ModelParameter;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.contract.PortableOperationCheck;
import org.adapterbench.contract.TinyModel;
import org.adapterbench.core.train.TrainingGraph;
import org.adapterbench.core.weights.EncoderConfig.Family;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** What {@link PortableOperationCheck} finds: else its silence in the contract of every method would show nothing. */
final class PortableOperationCheckTest {

    private static final Adapter EVERYTHING = new Adapter() {
        @Override
        public boolean trains(ModelParameter parameter) {
            return true;
        }
    };

    static Stream<Arguments> forbidden() {
        return Stream.of(
                graph("Softmax is not known", (tf, x) -> tf.nn.softmax(x)),
                graph("Rsqrt is not known", (tf, x) -> tf.math.rsqrt(x)),
                graph("Reciprocal is not known", (tf, x) -> tf.math.reciprocal(x)),
                graph("Atan is not known", (tf, x) -> tf.math.atan(x)),
                graph(
                        "StatelessRandomNormal is not known",
                        (tf, x) -> tf.random.statelessRandomNormal(tf.shape(x), tf.constant(new long[] {1, 2}))),
                graph("Div by a constant", (tf, x) -> tf.math.div(x, tf.constant(3f))),
                graph(
                        "Div by a constant",
                        (tf, x) -> tf.math.div(x, tf.math.sqrt(tf.dtypes.cast(tf.constant(64), TFloat32.class)))));
    }

    private static Arguments graph(String found, BiFunction<Ops, Placeholder<TFloat32>, Operand<TFloat32>> operation) {
        return Arguments.of(found, operation);
    }

    @ParameterizedTest
    @MethodSource("forbidden")
    void anOperationThatDependsOnTheProcessorIsFound(
            String found, BiFunction<Ops, Placeholder<TFloat32>, Operand<TFloat32>> operation) {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            operation.apply(tf, tf.placeholder(TFloat32.class));

            assertThat(PortableOperationCheck.violations(graph.toGraphDef()))
                    .singleElement()
                    .asString()
                    .startsWith(found);
        }
    }

    @Test
    void aDivisionByWhatIsComputedIsAllowed() {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Placeholder<TFloat32> x = tf.placeholder(TFloat32.class);
            Operand<TInt32> last = tf.constant(-1);
            tf.math.div(tf.constant(1f), tf.reduceSum(x, last));

            assertThat(PortableOperationCheck.violations(graph.toGraphDef())).isEmpty();
        }
    }

    /** Why the executed graph is looked at: TensorFlow's rewriting puts back what the graph avoids. */
    @Test
    void theExecutedGraphHoldsWhatTheBuiltOneAvoidsWhereTensorFlowRewritesIt() {
        RunOptions options =
                RunOptions.newBuilder().setOutputPartitionGraphs(true).build();
        try (Graph graph = new Graph();
                TFloat32 values = TFloat32.tensorOf(StdArrays.ndCopyOf(new float[][] {{1, 2}, {3, 4}}))) {
            Ops tf = Ops.create(graph);
            Placeholder<TFloat32> x = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(2, 2)));
            // What is fed has no shape for the rewriting, and what is fetched stays as it is.
            Operand<TFloat32> rows = tf.reshape(x, tf.constant(new int[] {-1, 2}));
            Operand<TFloat32> sum = tf.reduceSum(tf.math.exp(rows), tf.constant(-1), ReduceSum.keepDims(true));
            Operand<TFloat32> result = tf.math.mul(rows, tf.math.div(tf.constant(1f), sum));
            assertThat(PortableOperationCheck.violations(graph.toGraphDef())).isEmpty();
            try (Session session = new Session(graph);
                    Result run = session.runner()
                            .feed(x, values)
                            .fetch(result)
                            .setOptions(options)
                            .runAndFetchMetadata()) {
                assertThat(run.getMetadata().orElseThrow().getPartitionGraphsList())
                        .flatExtracting(PortableOperationCheck::violations)
                        .contains("Reciprocal is not known to be portable");
            }
        }
    }

    @Test
    void theGraphOfFastNumericsIsFound() {
        TinyModel tiny = TinyModel.of(Family.BERT);
        try (TrainingGraph graph = tiny.graph(EVERYTHING, 1, Numerics.FAST)) {
            assertThat(PortableOperationCheck.violations(graph.definition()))
                    .contains("Softmax is not known to be portable", "Rsqrt is not known to be portable");
        }
    }
}
