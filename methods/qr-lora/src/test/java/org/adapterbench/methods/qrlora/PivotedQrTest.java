package org.adapterbench.methods.qrlora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.adapterbench.api.method.LowRank;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PivotedQrTest {

    @ParameterizedTest
    @CsvSource({"12, 20", "20, 12", "48, 48", "1, 7", "7, 1", "96, 48"})
    void permutedWeightIsQTimesR(int out, int in) {
        float[] w = gaussian(out, in, 5);
        PivotedQr qr = PivotedQr.of(w, out, in);
        for (int i = 0; i < out; i++) {
            for (int j = 0; j < in; j++) {
                double sum = 0;
                for (int k = 0; k < qr.size(); k++) {
                    sum += qr.q(i, k) * qr.r(k, j);
                }
                assertThat(sum).isEqualTo(w[i * in + qr.pivots()[j]], within(1e-12));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"12, 20", "20, 12", "48, 48", "96, 48"})
    void columnsOfQAreOrthonormal(int out, int in) {
        assertOrthonormal(PivotedQr.of(gaussian(out, in, 6), out, in), out);
    }

    @ParameterizedTest
    @CsvSource({"12, 20", "20, 12", "48, 48", "200, 200"})
    void diagonalIsPositiveAndDescending(int out, int in) {
        double[] diagonal = PivotedQr.of(gaussian(out, in, 7), out, in).diagonal();
        assertThat(diagonal[diagonal.length - 1]).isPositive();
        assertDescending(diagonal);
    }

    /** A product of two vectors, rounded to fp32: one direction, then rounding errors of 1e-8 of it. */
    @ParameterizedTest
    @ValueSource(longs = {20, 22, 24, 26, 28, 30, 32, 34, 36, 38})
    void diagonalDescendsForNearlyDependentColumnsToo(long seed) {
        int n = 48;
        float[] u = gaussian(n, 1, seed);
        float[] v = gaussian(1, n, seed + 1);
        float[] w = new float[n * n];
        for (int i = 0; i < w.length; i++) {
            w[i] = u[i / n] * v[i % n];
        }
        PivotedQr qr = PivotedQr.of(w, n, n);
        assertThat(qr.diagonal()[1]).isBetween(1e-9, 1e-5);
        assertDescending(qr.diagonal());
        assertOrthonormal(qr, n);
    }

    @Test
    void pivotsAreAPermutationOfTheInputs() {
        int[] pivots = PivotedQr.of(gaussian(12, 20, 8), 12, 20).pivots();
        assertThat(Arrays.stream(pivots).sorted().toArray())
                .containsExactly(java.util.stream.IntStream.range(0, 20).toArray());
    }

    @Test
    void firstPivotIsTheLongestColumn() {
        float[] w = {1, 0, 3, 0, 2, 4}; // columns (1, 0), (0, 2), (3, 4)
        PivotedQr qr = PivotedQr.of(w, 2, 3);
        assertThat(qr.pivots()[0]).isEqualTo(2);
        assertThat(qr.diagonal()[0]).isEqualTo(5, within(1e-15));
    }

    @Test
    void inputStaysAsItIs() {
        float[] w = gaussian(12, 20, 9);
        float[] copy = w.clone();
        PivotedQr.of(w, 12, 20);
        assertThat(w).isEqualTo(copy);
    }

    @Test
    void zeroMatrixHasAZeroDiagonal() {
        PivotedQr qr = PivotedQr.of(new float[6], 2, 3);
        assertThat(qr.diagonal()).containsExactly(0, 0);
        assertOrthonormal(qr, 2);
    }

    @Test
    void rankDeficientMatrixEndsInExactZeros() {
        float[] w = new float[36];
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                w[i * 6 + j] = (i + 1) * (j + 1) + (i % 2) * (j % 3);
            }
        }
        double[] diagonal = PivotedQr.of(w, 6, 6).diagonal();
        assertThat(diagonal[1]).isGreaterThan(0.1);
        assertThat(Arrays.copyOfRange(diagonal, 3, 6)).containsOnly(0);
    }

    @ParameterizedTest
    @CsvSource({"12, 20", "20, 12", "80, 80"})
    void lambdaOneAtFullRankDoublesTheWeight(int out, int in) {
        float[] w = gaussian(out, in, 10);
        int rank = Math.min(out, in);
        int width = LowRank.width(rank);
        PivotedQr qr = PivotedQr.of(w, out, in);
        double[] lambda = new double[width];
        Arrays.fill(lambda, 0, rank, 1);
        float[] update = LowRank.sum(new float[out * in], qr.leadingQ(rank, width), lambda, qr.leadingR(rank, width));
        // Factors are rounded to fp32 (2^-24) and a dot product of Q's rows and R's columns has norm below 20.
        for (int i = 0; i < w.length; i++) {
            assertThat(update[i]).isEqualTo(w[i], within(2e-6f));
        }
    }

    @Test
    void leadingFactorsAreFilledUpWithZeros() {
        PivotedQr qr = PivotedQr.of(gaussian(4, 5, 11), 4, 5);
        float[] q = qr.leadingQ(2, 3);
        float[] r = qr.leadingR(2, 3);
        assertThat(q).hasSize(12);
        assertThat(new float[] {q[2], q[5], q[8], q[11]}).containsOnly(0);
        assertThat(q[1]).isEqualTo((float) qr.q(0, 1));
        assertThat(Arrays.copyOfRange(r, 10, 15)).containsOnly(0);
        assertThat(r[5 + qr.pivots()[4]]).isEqualTo((float) qr.r(1, 4));
    }

    /** Origin: src/test/python/lapack_vectors.py. */
    @ParameterizedTest
    @MethodSource("lapackCases")
    void factorsAreLapacks(JsonNode lapack) {
        int out = lapack.get("rows").intValue();
        int in = lapack.get("columns").intValue();
        double[] w = numbers(lapack.get("w"));
        float[] weight = new float[w.length];
        for (int i = 0; i < w.length; i++) {
            weight[i] = (float) w[i];
        }
        PivotedQr qr = PivotedQr.of(weight, out, in);
        assertThat(Arrays.stream(qr.pivots()).asDoubleStream().toArray())
                .containsExactly(numbers(lapack.get("pivots")));
        double[] q = numbers(lapack.get("q"));
        double[] r = numbers(lapack.get("r"));
        int k = qr.size();
        for (int i = 0; i < q.length; i++) {
            assertThat(qr.q(i / k, i % k)).isEqualTo(q[i], within(1e-12));
        }
        for (int i = 0; i < r.length; i++) {
            assertThat(qr.r(i / in, i % in)).isEqualTo(r[i], within(1e-12));
        }
    }

    static List<JsonNode> lapackCases() throws IOException {
        try (InputStream in = PivotedQrTest.class.getResourceAsStream("lapack.json")) {
            List<JsonNode> cases = new ArrayList<>();
            new ObjectMapper().readTree(in).get("cases").forEach(cases::add);
            return cases;
        }
    }

    private static double[] numbers(JsonNode array) {
        double[] numbers = new double[array.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = array.get(i).doubleValue();
        }
        return numbers;
    }

    private static void assertOrthonormal(PivotedQr qr, int out) {
        for (int a = 0; a < qr.size(); a++) {
            for (int b = 0; b <= a; b++) {
                double sum = 0;
                for (int i = 0; i < out; i++) {
                    sum += qr.q(i, a) * qr.q(i, b);
                }
                assertThat(sum).isEqualTo(a == b ? 1 : 0, within(1e-12));
            }
        }
    }

    /** Equal norms may come out in either order, one rounding error apart. */
    private static void assertDescending(double[] diagonal) {
        for (int i = 1; i < diagonal.length; i++) {
            assertThat(diagonal[i]).isBetween(0.0, diagonal[i - 1] * (1 + 1e-12));
        }
    }

    private static float[] gaussian(int out, int in, long seed) {
        RandomGenerator random =
                RandomGeneratorFactory.<RandomGenerator>of("L64X128MixRandom").create(seed);
        float[] values = new float[out * in];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
