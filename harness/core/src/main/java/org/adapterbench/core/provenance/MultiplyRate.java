package org.adapterbench.core.provenance;

import java.util.Arrays;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

/**
 * How fast TensorFlow multiplies large fp32 matrices in this process: the speed that no training step can pass.
 *
 * @param median rate of the middle product, in 10^9 operations a second
 * @param best   rate of the fastest product
 */
public record MultiplyRate(double median, double best) {

    private static final int MOST_PRODUCTS = 200;
    private static final int LEAST_PRODUCTS = 3;

    /**
     * Multiplies for about so many seconds, after one product that does not count.
     *
     * @param side of the square matrices
     */
    public static MultiplyRate measure(int side, int threads, double seconds) {
        ConfigProto config = ConfigProto.newBuilder()
                .setIntraOpParallelismThreads(threads)
                .setInterOpParallelismThreads(1)
                .build();
        float[] values = new float[side * side];
        Arrays.fill(values, 0.5f);
        try (Graph graph = new Graph();
                TFloat32 matrix = TFloat32.tensorOf(Shape.of(side, side), DataBuffers.of(values))) {
            Ops tf = Ops.create(graph);
            Placeholder<TFloat32> input = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(side, side)));
            MatMul<TFloat32> product = tf.linalg.matMul(input, input);
            try (Session session = new Session(graph, config)) {
                multiply(session, input, product, matrix);
                double[] times = new double[MOST_PRODUCTS];
                int count = 0;
                long start = System.nanoTime();
                while (count < LEAST_PRODUCTS || (count < times.length && System.nanoTime() - start < seconds * 1e9)) {
                    times[count++] = multiply(session, input, product, matrix);
                }
                double[] sorted = Arrays.copyOf(times, count);
                Arrays.sort(sorted);
                double operations = 2.0 * side * side * side;
                return new MultiplyRate(operations / sorted[count / 2] / 1e9, operations / sorted[0] / 1e9);
            }
        }
    }

    private static double multiply(Session session, Placeholder<TFloat32> input, MatMul<?> product, TFloat32 matrix) {
        long before = System.nanoTime();
        session.runner().feed(input, matrix).addTarget(product).run().close();
        return (System.nanoTime() - before) / 1e9;
    }
}
