package org.adapterbench.cli;

import java.util.Arrays;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

/**
 * The program of the process that {@link Probe} starts: loads TensorFlow, multiplies matrices for about a
 * second, and prints what it found. In a process of its own because a library that does not fit the machine
 * ends the process that loads it.
 */
final class ProbeMain {

    private static final int SIDE = 1536;
    private static final long ENOUGH_NANOS = 1_000_000_000L;

    private ProbeMain() {}

    public static void main(String[] arguments) {
        long before = System.nanoTime();
        String version = TensorFlow.version();
        double loadSeconds = (System.nanoTime() - before) / 1e9;
        System.out.println(new Probe.Found(version, loadSeconds, gigaflops()).line());
    }

    /** The median rate of products of two square matrices, on the two threads that a worker has. */
    private static double gigaflops() {
        ConfigProto config = ConfigProto.newBuilder()
                .setIntraOpParallelismThreads(2)
                .setInterOpParallelismThreads(1)
                .build();
        float[] values = new float[SIDE * SIDE];
        Arrays.fill(values, 0.5f);
        try (Graph graph = new Graph();
                TFloat32 matrix = TFloat32.tensorOf(Shape.of(SIDE, SIDE), DataBuffers.of(values))) {
            Ops tf = Ops.create(graph);
            Placeholder<TFloat32> input = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(SIDE, SIDE)));
            MatMul<TFloat32> product = tf.linalg.matMul(input, input);
            try (Session session = new Session(graph, config)) {
                multiply(session, input, product, matrix);
                double[] seconds = new double[200];
                int count = 0;
                long start = System.nanoTime();
                while (count < 3 || (count < seconds.length && System.nanoTime() - start < ENOUGH_NANOS)) {
                    seconds[count++] = multiply(session, input, product, matrix);
                }
                double[] sorted = Arrays.copyOf(seconds, count);
                Arrays.sort(sorted);
                return 2.0 * SIDE * SIDE * SIDE / sorted[count / 2] / 1e9;
            }
        }
    }

    private static double multiply(Session session, Placeholder<TFloat32> input, MatMul<?> product, TFloat32 matrix) {
        long before = System.nanoTime();
        session.runner().feed(input, matrix).addTarget(product).run().close();
        return (System.nanoTime() - before) / 1e9;
    }
}
