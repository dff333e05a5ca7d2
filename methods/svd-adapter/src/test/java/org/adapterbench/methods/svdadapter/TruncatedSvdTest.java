package org.adapterbench.methods.svdadapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.adapterbench.api.RunFailure;
import org.adapterbench.api.method.LinearSite;
import org.adapterbench.api.method.LowRank;
import org.adapterbench.api.method.Projection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Origin of the stored vectors: src/test/python/numpy_vectors.py. */
final class TruncatedSvdTest {

    @ParameterizedTest
    @MethodSource("numpyCases")
    void tripletsAreLapacks(JsonNode numpy) {
        int out = numpy.get("rows").intValue();
        int in = numpy.get("columns").intValue();
        int k = Math.min(out, in);
        TruncatedSvd svd = TruncatedSvd.of("w", floats(numpy.get("w")), out, in, k);
        for (int c = 0; c < k; c++) {
            assertThat(svd.value(c)).isEqualTo(numpy.get("s").get(c).doubleValue(), within(1e-12));
            // Vectors are as stable as the gap to the neighbouring singular value, here above 1e-2.
            for (int i = 0; i < out; i++) {
                assertThat(svd.u(i, c)).isEqualTo(numpy.get("u").get(i * k + c).doubleValue(), within(1e-11));
            }
            for (int j = 0; j < in; j++) {
                assertThat(svd.v(j, c))
                        .isEqualTo(numpy.get("vt").get(c * in + j).doubleValue(), within(1e-11));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("numpyCases")
    void productOfTheFactorsIsTheBestApproximation(JsonNode numpy) {
        int out = numpy.get("rows").intValue();
        int in = numpy.get("columns").intValue();
        int rank = 5;
        double scale = 2;
        SvdFactors factors = SvdFactors.of(site(out, in), floats(numpy.get("w")), rank, scale);
        double squares = 0;
        for (float value : factors.residual()) {
            squares += (double) value * value;
        }
        // Eckart-Young: what rank r leaves over is the energy of the remaining singular values.
        double rest = 0;
        for (int c = rank; c < Math.min(out, in); c++) {
            rest += StrictMath.pow(numpy.get("s").get(c).doubleValue(), 2);
        }
        assertThat(squares).isEqualTo(rest, within(1e-4));
        assertThat(rest).isGreaterThan(1);
    }

    @ParameterizedTest
    @MethodSource("numpyCases")
    void residualPlusProductIsTheWeight(JsonNode numpy) {
        int out = numpy.get("rows").intValue();
        int in = numpy.get("columns").intValue();
        float[] w = floats(numpy.get("w"));
        SvdFactors factors = SvdFactors.of(site(out, in), w, 4, 0.5);
        float[] sum = LowRank.sum(factors.residual(), factors.b(), LowRank.uniform(4, 0.5), factors.a());
        for (int i = 0; i < w.length; i++) {
            assertThat(sum[i]).isEqualTo(w[i], within(1e-6f));
        }
    }

    @ParameterizedTest
    @MethodSource("numpyCases")
    void inputStaysAsItIs(JsonNode numpy) {
        float[] w = floats(numpy.get("w"));
        float[] copy = w.clone();
        TruncatedSvd.of(
                "w", w, numpy.get("rows").intValue(), numpy.get("columns").intValue(), 3);
        assertThat(w).isEqualTo(copy);
    }

    @Test
    void aWeightThatIsNotFiniteIsADataFailure() {
        assertThatThrownBy(() -> TruncatedSvd.of("layer.weight", new float[] {1, Float.NaN}, 1, 2, 1))
                .isInstanceOf(RunFailure.class)
                .hasMessageContaining("layer.weight holds NaN");
    }

    @Test
    void zeroMatrixGivesZeroFactors() {
        SvdFactors factors = SvdFactors.of(site(3, 4), new float[12], 2, 1);
        assertThat(factors.a()).containsOnly(0);
        assertThat(factors.b()).containsOnly(0);
        assertThat(factors.residual()).containsOnly(0);
    }

    static List<JsonNode> numpyCases() throws IOException {
        try (InputStream in = TruncatedSvdTest.class.getResourceAsStream("numpy.json")) {
            List<JsonNode> cases = new ArrayList<>();
            new ObjectMapper().readTree(in).get("cases").forEach(cases::add);
            return cases;
        }
    }

    private static LinearSite site(int out, int in) {
        return new LinearSite(0, Projection.QUERY, out, in);
    }

    private static float[] floats(JsonNode array) {
        float[] values = new float[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) array.get(i).doubleValue();
        }
        return values;
    }
}
