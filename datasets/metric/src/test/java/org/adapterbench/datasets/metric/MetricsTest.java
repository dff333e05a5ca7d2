package org.adapterbench.datasets.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.adapterbench.api.FailureKind;
import org.adapterbench.api.RunFailure;
import org.adapterbench.api.task.Metric;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The metrics against values by hand and against SciPy and scikit-learn (reference.py beside the vectors). */
final class MetricsTest {

    // TP 3, FN 1, FP 2, TN 2
    private static final float[] EXPECTED = {1, 1, 1, 1, 0, 0, 0, 0};
    private static final float[] PREDICTED = {1, 1, 1, 0, 1, 1, 0, 0};

    @Test
    void accuracyIsTheShareOfEqualClasses() {
        assertThat(Metrics.ACCURACY.compute(PREDICTED, EXPECTED)).isEqualTo(5.0 / 8);
    }

    @Test
    void f1CountsClassOneAndNeitherTheOtherClassNorTheMean() {
        assertThat(Metrics.F1_POSITIVE.compute(PREDICTED, EXPECTED)).isEqualTo(2.0 * 3 / (2 * 3 + 2 + 1));
        assertThat(Metrics.MACRO_F1.compute(PREDICTED, EXPECTED)).isCloseTo((6.0 / 9 + 4.0 / 7) / 2, within(1e-15));
    }

    @Test
    void matthewsFollowsTheFourCounts() {
        assertThat(Metrics.MATTHEWS.compute(PREDICTED, EXPECTED))
                .isCloseTo((3.0 * 2 - 2 * 1) / Math.sqrt(5.0 * 4 * 4 * 3), within(1e-15));
    }

    @Test
    void pearsonFollowsItsDefinition() {
        // deviations (-1, 0, 1) and (-2, -1, 3): covariance 5, squares 2 and 14
        assertThat(Metrics.PEARSON.compute(new float[] {1, 2, 3}, new float[] {0, 1, 5}))
                .isCloseTo(5 / Math.sqrt(28.0), within(1e-15));
    }

    @Test
    void equalValuesShareTheMeanOfTheirRanks() {
        assertThat(SpearmanCorrelation.ranks(new float[] {3, -0f, 3, 0f, 9})).containsExactly(3.5, 1.5, 3.5, 1.5, 5);
        // ranks (1, 2.5, 2.5, 4) and (1, 2, 3, 4): covariance 4.5, squares 4.5 and 5
        assertThat(Metrics.SPEARMAN.compute(new float[] {0, 2, 2, 7}, new float[] {1, 2, 3, 4}))
                .isCloseTo(4.5 / Math.sqrt(22.5), within(1e-15));
    }

    @Test
    void undefinedValuesAreZero() {
        float[] zeros = {0, 0, 0};
        float[] mixed = {0, 1, 1};
        float[] tenths = {0.1f, 0.1f, 0.1f};
        assertThat(Metrics.MATTHEWS.compute(zeros, mixed)).isZero();
        assertThat(Metrics.MATTHEWS.compute(mixed, zeros)).isZero();
        assertThat(Metrics.F1_POSITIVE.compute(zeros, zeros)).isZero();
        assertThat(Metrics.PEARSON.compute(tenths, mixed)).isZero();
        assertThat(Metrics.PEARSON.compute(mixed, tenths)).isZero();
        assertThat(Metrics.SPEARMAN.compute(tenths, mixed)).isZero();
    }

    @Test
    void constantPredictionsAreUndefinedAtAnySize() {
        float[] constant = new float[1379];
        float[] answers = new float[constant.length];
        for (int i = 0; i < constant.length; i++) {
            constant[i] = 2.7013f;
            answers[i] = i % 6;
        }
        assertThat(Metrics.PEARSON.compute(constant, answers)).isZero();
    }

    @Test
    void perfectPredictionsGiveExactlyOne() {
        float[] classes = {0, 1, 1, 0, 1, 0, 1};
        for (Metric metric : Metrics.all()) {
            assertThat(metric.compute(classes, classes)).as(metric.name()).isEqualTo(1.0);
        }
    }

    @Test
    void predictionsThatAreNoNumbersAreAFailedRunAndNoZero() {
        for (Metric metric : Metrics.all()) {
            assertThatThrownBy(() -> metric.compute(new float[] {0, Float.NaN}, new float[] {0, 1}))
                    .as(metric.name())
                    .isInstanceOfSatisfying(
                            RunFailure.class,
                            failure -> assertThat(failure.kind()).isEqualTo(FailureKind.DIVERGED))
                    .hasMessage("prediction 1 is NaN");
        }
    }

    @Test
    void namesAreUniqueAndHigherIsBetter() {
        assertThat(Metrics.all().stream().map(Metric::name))
                .containsExactly("accuracy", "matthews", "f1-positive", "macro-f1", "pearson", "spearman");
        assertThat(Metrics.all()).allMatch(Metric::higherIsBetter);
    }

    @Test
    void lengthsMustAgree() {
        assertThatThrownBy(() -> Metrics.ACCURACY.compute(new float[1], new float[2]))
                .hasMessageContaining("1 predictions for 2 answers");
        assertThatThrownBy(() -> Metrics.ACCURACY.compute(new float[] {0.5f}, new float[1]))
                .hasMessageContaining("class number 0.5");
    }

    @TestFactory
    Stream<DynamicTest> valuesAgreeWithSciPyAndScikitLearn() throws IOException {
        Map<String, Metric> metrics = Metrics.all().stream().collect(Collectors.toMap(Metric::name, m -> m));
        return cases().stream()
                .map(node -> DynamicTest.dynamicTest(node.get("name").asText(), () -> {
                    float[] predicted = floats(node.get("predicted"));
                    float[] expected = floats(node.get("expected"));
                    assertThat(node.get("values").size()).isGreaterThanOrEqualTo(2);
                    node.get("values").properties().forEach(entry -> {
                        Metric metric = Objects.requireNonNull(metrics.get(entry.getKey()), entry.getKey());
                        // Both sides sum at most 300 doubles of like size: 300 units in the last place of 1.
                        assertThat(metric.compute(predicted, expected))
                                .as(entry.getKey())
                                .isCloseTo(entry.getValue().asDouble(), within(300 * Math.ulp(1.0)));
                    });
                }));
    }

    private static List<JsonNode> cases() throws IOException {
        try (InputStream in = Objects.requireNonNull(MetricsTest.class.getResourceAsStream("metric-vectors.json"))) {
            List<JsonNode> cases =
                    new ObjectMapper().readTree(in).get("cases").valueStream().toList();
            assertThat(cases).hasSizeGreaterThan(10);
            return cases;
        }
    }

    private static float[] floats(JsonNode array) {
        float[] values = new float[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) array.get(i).asDouble();
        }
        return values;
    }
}
