package org.adapterbench.core.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.adapterbench.api.record.Numerics;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class BlocksTest {

    private static final int[] HEADS = {3, 2, 12, 8};
    private static final int[] SCORES = {3, 2, 12, 12};

    /** Neither 1 nor the inverse root of a width. */
    private static final float SCALE = 0.7f;

    /** Under one mask for both, which their own dropout would not draw. */
    @Test
    void attentionUnderAMaskAndItsGradientsAreThoseOfPortableNumerics() {
        List<float[]> expected = attention(Numerics.PORTABLE, true);
        List<float[]> found = attention(Numerics.FAST, true);

        assertThat(expected).hasSize(4);
        for (int i = 0; i < expected.size(); i++) {
            float largest = 0;
            for (float value : expected.get(i)) {
                largest = Math.max(largest, Math.abs(value));
            }
            assertThat(largest).isGreaterThan(0.1f);
            assertThat(found.get(i))
                    .as("value, gradients of query, key, value: %d", i)
                    .containsExactly(expected.get(i), within(1e-5f));
        }
        assertThat(attention(Numerics.FAST, false).get(0)).containsExactly(expected.get(0), within(1e-5f));
    }

    /** The value and, where trained, the gradients of query, key and value. */
    private static List<float[]> attention(Numerics numerics, boolean trained) {
        Random random = new Random(7);
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Operand<TFloat32> query = normal(tf, random, HEADS);
            Operand<TFloat32> key = normal(tf, random, HEADS);
            Operand<TFloat32> value = normal(tf, random, HEADS);
            float[] factors = new float[SCORES[0] * SCORES[1] * SCORES[2] * SCORES[3]];
            for (int i = 0; i < factors.length; i++) {
                factors[i] = random.nextInt(4) == 0 ? 0 : 4f / 3;
            }
            Operand<TFloat32> mask = tf.reshape(tf.constant(factors), tf.constant(SCORES));
            Operand<TFloat32> context = Blocks.of(tf, numerics, trained)
                    .attention(
                            query,
                            key,
                            value,
                            SCALE,
                            tf.zeros(tf.constant(new int[] {3, 1, 1, 12}), TFloat32.class),
                            x -> mask);
            List<Output<?>> wanted = new ArrayList<>(List.of(context.asOutput()));
            if (trained) {
                Operand<TFloat32> loss = tf.reduceSum(
                        tf.math.mul(context, normal(tf, random, HEADS)), tf.constant(new int[] {0, 1, 2, 3}));
                wanted.addAll(List.of(graph.addGradients(
                        loss.asOutput(), new Output<?>[] {query.asOutput(), key.asOutput(), value.asOutput()})));
            }
            try (Session session = new Session(graph)) {
                Session.Runner runner = session.runner();
                wanted.forEach(runner::fetch);
                try (Result result = runner.run()) {
                    List<float[]> values = new ArrayList<>();
                    for (int i = 0; i < wanted.size(); i++) {
                        TFloat32 tensor = (TFloat32) result.get(i);
                        float[] all = new float[Math.toIntExact(tensor.size())];
                        tensor.asRawTensor().data().asFloats().read(all);
                        values.add(all);
                    }
                    return values;
                }
            }
        }
    }

    private static Operand<TFloat32> normal(Ops tf, Random random, int[] shape) {
        float[] values = new float[shape[0] * shape[1] * shape[2] * shape[3]];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return tf.reshape(tf.constant(values), tf.constant(shape));
    }
}
