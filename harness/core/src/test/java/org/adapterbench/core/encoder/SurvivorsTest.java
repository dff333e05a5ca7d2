package org.adapterbench.core.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint16;

class SurvivorsTest {

    /** Over all values: each of two elements goes as often as it should, and both as often as independent ones. */
    @ParameterizedTest
    @ValueSource(ints = {1, 66, 181, 182, 655, 6_554, 32_768, 58_982})
    void aNumberDecidesTwoElementsIndependently(int lost) {
        boolean[] left = decisions(lost);

        int first = 0;
        int second = 0;
        int both = 0;
        for (int i = 0; i < Survivors.VALUES; i++) {
            boolean firstGoes = !left[i];
            boolean secondGoes = !left[Survivors.VALUES + i];
            first += firstGoes ? 1 : 0;
            second += secondGoes ? 1 : 0;
            both += firstGoes && secondGoes ? 1 : 0;
        }
        assertThat(first).isEqualTo(lost);
        assertThat(second).isEqualTo(lost);
        assertThat(both).isEqualTo(Math.round((double) lost * lost / Survivors.VALUES));
    }

    private static boolean[] decisions(int lost) {
        try (Graph graph = new Graph();
                Session session = new Session(graph)) {
            Ops tf = Ops.create(graph);
            Operand<TInt32> all = tf.range(tf.constant(0), tf.constant(Survivors.VALUES), tf.constant(1));
            Operand<TBool> left = Survivors.ofPairs(tf, tf.dtypes.cast(all, TUint16.class), lost);
            try (Result result = session.runner().fetch(left).run()) {
                boolean[] decisions = new boolean[2 * Survivors.VALUES];
                ((TBool) result.get(0)).asRawTensor().data().asBooleans().read(decisions);
                return decisions;
            }
        }
    }
}
