package org.adapterbench.benchmarks;

import java.util.Arrays;
import java.util.List;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.core.weights.EncoderConfig;
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
 * The matrix products of an encoder's linear maps with nothing around them, of a whole batch and on all threads, each
 * shape repeated alone and the best taken: what such a pass would take if all else were free.
 *
 * @param forward seconds of those of a forward pass
 * @param step    seconds of those of a full step: forward, gradients of activations and of weights
 */
record LayerProducts(double forward, double step) {

    private static final int REPETITIONS = 12;
    /** Query, key and value. */
    private static final int ATTENTION_INPUTS = 3;

    /**
     * @param numerics fast ones have query, key and value in one product
     * @param length   of every row, padding included
     */
    static LayerProducts measure(EncoderConfig encoder, Numerics numerics, int rows, int length) {
        int tokens = rows * length;
        double forward = 0;
        double step = 0;
        boolean joined = numerics != Numerics.PORTABLE;
        for (LinearMap map : List.of(
                joined
                        ? new LinearMap(encoder.hidden(), ATTENTION_INPUTS * encoder.hidden(), 1)
                        : new LinearMap(encoder.hidden(), encoder.hidden(), ATTENTION_INPUTS),
                new LinearMap(encoder.hidden(), encoder.hidden(), 1),
                new LinearMap(encoder.hidden(), encoder.intermediate(), 1),
                new LinearMap(encoder.intermediate(), encoder.hidden(), 1))) {
            // Whichever layout of the weight is quicker.
            double through = Math.min(
                    seconds(new int[] {tokens, map.in()}, new int[] {map.out(), map.in()}, false, true),
                    seconds(new int[] {tokens, map.in()}, new int[] {map.in(), map.out()}, false, false));
            double back = seconds(new int[] {tokens, map.out()}, new int[] {map.out(), map.in()}, false, false);
            double weights = seconds(new int[] {tokens, map.out()}, new int[] {tokens, map.in()}, true, false);
            forward += map.count() * through;
            step += map.count() * (through + back + weights);
        }
        return new LayerProducts(encoder.layers() * forward, encoder.layers() * step);
    }

    private record LinearMap(int in, int out, int count) {}

    private static double seconds(int[] left, int[] right, boolean transposeLeft, boolean transposeRight) {
        ConfigProto config = ConfigProto.newBuilder()
                .setIntraOpParallelismThreads(Subject.THREADS)
                .setInterOpParallelismThreads(1)
                .build();
        try (Graph graph = new Graph();
                TFloat32 a = matrix(left);
                TFloat32 b = matrix(right)) {
            Ops tf = Ops.create(graph);
            Placeholder<TFloat32> first = tf.placeholder(TFloat32.class, Placeholder.shape(a.shape()));
            Placeholder<TFloat32> second = tf.placeholder(TFloat32.class, Placeholder.shape(b.shape()));
            MatMul<TFloat32> product = tf.linalg.matMul(
                    first, second, MatMul.transposeA(transposeLeft), MatMul.transposeB(transposeRight));
            try (Session session = new Session(graph, config)) {
                double best = Double.POSITIVE_INFINITY;
                for (int i = 0; i < REPETITIONS; i++) {
                    long before = System.nanoTime();
                    session.runner()
                            .feed(first, a)
                            .feed(second, b)
                            .addTarget(product)
                            .run()
                            .close();
                    best = Math.min(best, (System.nanoTime() - before) * 1e-9);
                }
                return best;
            }
        }
    }

    private static TFloat32 matrix(int[] shape) {
        float[] values = new float[shape[0] * shape[1]];
        Arrays.fill(values, 0.5f);
        return TFloat32.tensorOf(Shape.of(shape[0], shape[1]), DataBuffers.of(values));
    }
}
