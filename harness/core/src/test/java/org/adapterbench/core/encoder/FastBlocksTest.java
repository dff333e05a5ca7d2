package org.adapterbench.core.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

class FastBlocksTest {

    /** exp(x²/2) is infinite from |x| = 13.4 on, where the gradient has long been 0 or 1. */
    @Test
    void theGradientOfGeluEndsAtZeroAndOne() {
        float[][] x = {{-1e20f, -1e10f, -40, -14, -13, 0, 13, 14, 40, 1e10f, 1e20f}};

        float[][] gradient = run(x, (graph, tf) -> {
            Placeholder<TFloat32> input = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(1, x[0].length)));
            Operand<TFloat32> y = new FastBlocks(tf, true).gelu(input);
            return new Wired(
                    input,
                    graph.addGradients(y.asOutput(), new Output<?>[] {input.asOutput()})[0].expect(TFloat32.class));
        });

        assertThat(gradient[0]).containsExactly(new float[] {0, 0, 0, 0, 0, 0.5f, 1, 1, 1, 1, 1}, within(1e-6f));
    }

    /** Against the gradient that TensorFlow derives. */
    @Test
    void theGradientOfGeluByTanhIsTheDerivedOne() {
        float[][] x = {{-1e10f, -40, -5, -3, -1.5f, -0.75f, -0.1f, 0, 0.1f, 0.75f, 1.5f, 3, 5, 40, 1e10f}};
        float[][] stated = run(x, (graph, tf) -> gradient(graph, tf, x, new FastBlocks(tf, true)));
        float[][] derived = run(x, (graph, tf) -> gradient(graph, tf, x, new PortableBlocks(tf)));
        assertThat(stated[0]).containsExactly(derived[0], within(1e-6f));
    }

    private static Wired gradient(Graph graph, Ops tf, float[][] x, Blocks blocks) {
        Placeholder<TFloat32> input = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(1, x[0].length)));
        Operand<TFloat32> y = blocks.geluTanh(input);
        return new Wired(
                input, graph.addGradients(y.asOutput(), new Output<?>[] {input.asOutput()})[0].expect(TFloat32.class));
    }

    @Test
    void layerNormIsTheSameFunctionWithAndWithoutAGradient() {
        Random random = new Random(4);
        float[][] x = new float[5][24];
        for (int row = 0; row < x.length; row++) {
            for (int column = 0; column < x[row].length; column++) {
                x[row][column] = (float) (row * row + (0.01 + row) * random.nextGaussian());
            }
        }

        float[][] one = run(x, (graph, tf) -> norm(tf, x, false));

        assertThat(OneDnnLayerNorm.IS_HERE).as("in a build for Linux").isTrue();
        float[][] other = run(x, (graph, tf) -> norm(tf, x, true));
        for (int row = 0; row < x.length; row++) {
            assertThat(one[row]).containsExactly(other[row], within(1e-4f));
        }
    }

    private static Wired norm(Ops tf, float[][] x, boolean trained) {
        int width = x[0].length;
        Placeholder<TFloat32> input = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, width)));
        float[] scale = new float[width];
        float[] shift = new float[width];
        for (int i = 0; i < width; i++) {
            scale[i] = 0.5f + i;
            shift[i] = -i;
        }
        return new Wired(
                input,
                new FastBlocks(tf, trained).layerNorm(input, width, 1e-3, tf.constant(scale), tf.constant(shift)));
    }

    private record Wired(Operand<TFloat32> input, Operand<TFloat32> output) {}

    private interface Wiring {
        Wired of(Graph graph, Ops tf);
    }

    private static float[][] run(float[][] x, Wiring wiring) {
        try (Graph graph = new Graph()) {
            Wired wired = wiring.of(graph, Ops.create(graph));
            try (Session session = new Session(graph);
                    TFloat32 values = TFloat32.tensorOf(StdArrays.ndCopyOf(x));
                    Result result = session.runner()
                            .feed(wired.input(), values)
                            .fetch(wired.output())
                            .run()) {
                return StdArrays.array2dCopyOf((TFloat32) result.get(0));
            }
        }
    }
}
