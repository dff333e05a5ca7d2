package org.adapterbench.core.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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

    @ParameterizedTest
    @EnumSource
    void aTenthIsDroppedAndTheRestScaled(Survivors survivors) {
        float[] mask = masks(survivors, 7, 0).get(0);

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

    @ParameterizedTest
    @EnumSource
    void masksOfPlacesAndStepsAreIndependentAndThoseOfOnePlaceAndStepEqual(Survivors survivors) {
        List<float[]> first = masks(survivors, 7, 0, 1, 36);
        List<float[]> next = masks(survivors, 8, 0, 1, 36);

        assertThat(masks(survivors, 7, 1).get(0)).isEqualTo(first.get(1));
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

    @ParameterizedTest
    @EnumSource
    void elementsOfAMaskAreIndependentOfTheirNeighbours(Survivors survivors) {
        float[] mask = masks(survivors, 7, 3).get(0);
        // Two 16-bit numbers come from each 32-bit one; a row follows a row; two halves may be decided at once.
        for (int distance : new int[] {1, 2, 3, 4, 8, COLUMNS - 1, COLUMNS, COLUMNS + 1, ELEMENTS / 2}) {
            assertThat(agreement(mask, mask, distance))
                    .as("distance %d", distance)
                    .isCloseTo(AGREEMENT, offset(CHANCE));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anOddNumberOfElementsIsMaskedToTheLast(Survivors survivors) {
        List<float[]> masks = masks(survivors, new int[] {63, 65}, 7, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9);

        assertThat(masks).allSatisfy(mask -> assertThat(mask).hasSize(63 * 65));
        int lost = 0;
        for (float[] mask : masks) {
            for (int i = mask.length - 100; i < mask.length; i++) {
                lost += mask[i] == 0 ? 1 : 0;
            }
        }
        // Of 1,000, with a standard deviation of 9.5.
        assertThat(lost).isBetween(50, 150);
    }

    private static double agreement(float[] a, float[] b, int distance) {
        int equal = 0;
        for (int i = distance; i < a.length; i++) {
            equal += a[i] == 0 == (b[i - distance] == 0) ? 1 : 0;
        }
        return (double) equal / (a.length - distance);
    }

    /** What ones become at some places in one step. */
    private static List<float[]> masks(Survivors survivors, long step, long... places) {
        return masks(survivors, new int[] {ROWS, COLUMNS}, step, places);
    }

    private static List<float[]> masks(Survivors survivors, int[] shape, long step, long... places) {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Placeholder<TInt64> seed = tf.placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
            Operand<TFloat32> ones = tf.fill(tf.constant(shape), tf.constant(1f));
            List<float[]> masks = new ArrayList<>();
            try (Session session = new Session(graph);
                    TInt64 value = TInt64.scalarOf(step)) {
                for (long place : places) {
                    Operand<TFloat32> dropped = new Dropout(tf, survivors, seed).apply(ones, RATE, place);
                    try (Result result =
                            session.runner().feed(seed, value).fetch(dropped).run()) {
                        float[] mask =
                                new float[Math.toIntExact(result.get(0).shape().size())];
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
