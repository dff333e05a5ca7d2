package org.adapterbench.core.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

class DropoutTest {

    private static final double RATE = 0.1;
    private static final int ROWS = 96;
    private static final int COLUMNS = 385;
    private static final int ELEMENTS = ROWS * COLUMNS;

    /** Two independent masks agree where both keep or both drop. */
    private static final double AGREEMENT = (1 - RATE) * (1 - RATE) + RATE * RATE;

    /** Six standard deviations of a share of that many draws. */
    private static final double CHANCE = 6 * Math.sqrt(0.25 / ELEMENTS);

    @Test
    void aTenthIsDroppedAndTheRestScaled() {
        float[] mask = masks(7, 0).get(0);

        int dropped = 0;
        for (float value : mask) {
            if (value == 0) {
                dropped++;
            } else {
                assertThat(value).isCloseTo((float) (1 / (1 - RATE)), offset(1e-4f));
            }
        }
        assertThat((double) dropped / mask.length).isCloseTo(RATE, offset(CHANCE));
    }

    @Test
    void masksOfPlacesAndStepsAreIndependentAndThoseOfOnePlaceAndStepEqual() {
        List<float[]> first = masks(7, 0, 1, 36);
        List<float[]> next = masks(8, 0, 1, 36);

        assertThat(masks(7, 1).get(0)).isEqualTo(first.get(1));
        List<float[]> all = new ArrayList<>(first);
        all.addAll(next);
        for (int i = 0; i < all.size(); i++) {
            for (int j = 0; j < i; j++) {
                assertThat(agreement(all.get(i), all.get(j), 0))
                        .as("masks %d and %d", i, j)
                        .isCloseTo(AGREEMENT, offset(CHANCE));
            }
        }
    }

    @Test
    void elementsOfAMaskAreIndependentOfTheirNeighbours() {
        float[] mask = masks(7, 3).get(0);
        // Two 16-bit numbers come from each 32-bit one; a row follows a row.
        for (int distance : new int[] {1, 2, 3, 4, 8, COLUMNS - 1, COLUMNS, COLUMNS + 1}) {
            assertThat(agreement(mask, mask, distance))
                    .as("distance %d", distance)
                    .isCloseTo(AGREEMENT, offset(CHANCE));
        }
    }

    private static double agreement(float[] a, float[] b, int distance) {
        int equal = 0;
        for (int i = distance; i < a.length; i++) {
            equal += a[i] == 0 == (b[i - distance] == 0) ? 1 : 0;
        }
        return (double) equal / (a.length - distance);
    }

    /** What ones become at some places in one step. */
    private static List<float[]> masks(long step, long... places) {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Placeholder<TInt64> seed = tf.placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
            Operand<TFloat32> ones = tf.fill(tf.constant(new int[] {ROWS, COLUMNS}), tf.constant(1f));
            List<float[]> masks = new ArrayList<>();
            try (Session session = new Session(graph);
                    TInt64 value = TInt64.scalarOf(step)) {
                for (long place : places) {
                    Operand<TFloat32> dropped = new Dropout(tf, seed).apply(ones, RATE, place);
                    try (Result result =
                            session.runner().feed(seed, value).fetch(dropped).run()) {
                        float[] mask = new float[ELEMENTS];
                        ((TFloat32) result.get(0))
                                .asRawTensor()
                                .data()
                                .asFloats()
                                .read(mask);
                        masks.add(mask);
                    }
                }
            }
            return masks;
        }
    }
}
