package org.adapterbench.benchmarks.micro;

import java.util.concurrent.TimeUnit;
import org.adapterbench.benchmarks.Subject;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

/**
 * A linear map of 2,048 tokens with its bias, weight stored as out x in: as one transposed product, or with the weight
 * transposed first, as fast numerics do where out is below 512 and below in.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ProductBenchmark {

    private static final int TOKENS = 2_048;

    /** in x out. */
    @Param({"384x384", "384x1152", "384x1536", "1536x384", "3072x768"})
    public String map = "";

    private final Graph graph = new Graph();
    private Session session;
    private Operand<TFloat32> usual;
    private Operand<TFloat32> transposed;
    private Placeholder<TFloat32> tokens;
    private Placeholder<TFloat32> weight;
    private TFloat32 rows;
    private TFloat32 values;

    @Setup
    public void open() {
        String[] sides = map.split("x");
        int in = Integer.parseInt(sides[0]);
        int out = Integer.parseInt(sides[1]);
        Ops tf = Ops.create(graph);
        tokens = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, in)));
        weight = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(out, in)));
        Operand<TFloat32> bias = tf.fill(tf.constant(new int[] {out}), tf.constant(0.1f));
        usual = tf.nn.biasAdd(tf.linalg.matMul(tokens, weight, MatMul.transposeB(true)), bias);
        Operand<TFloat32> turned =
                tf.ensureShape(tf.linalg.transpose(weight, tf.constant(new int[] {1, 0})), Shape.of(in, out));
        transposed = tf.nn.biasAdd(tf.linalg.matMul(tokens, turned), bias);
        session = new Session(
                graph,
                ConfigProto.newBuilder()
                        .setIntraOpParallelismThreads(Subject.THREADS)
                        .setInterOpParallelismThreads(1)
                        .build());
        rows = TFloat32.tensorOf(Shape.of(TOKENS, in), data -> data.scalars().forEach(value -> value.setFloat(0.5f)));
        values = TFloat32.tensorOf(Shape.of(out, in), data -> data.scalars().forEach(value -> value.setFloat(0.5f)));
    }

    @Benchmark
    public void usual() {
        run(usual);
    }

    @Benchmark
    public void transposedFirst() {
        run(transposed);
    }

    private void run(Operand<TFloat32> product) {
        session.runner()
                .feed(tokens, rows)
                .feed(weight, values)
                .addTarget(product)
                .run()
                .close();
    }

    @TearDown
    public void close() {
        session.close();
        graph.close();
        rows.close();
        values.close();
    }
}
