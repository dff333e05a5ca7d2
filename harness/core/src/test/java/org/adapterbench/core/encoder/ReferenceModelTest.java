package org.adapterbench.core.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.RunSpec.TrainingSpec;
import org.adapterbench.core.config.Defaults;
import org.adapterbench.core.train.Batch;
import org.adapterbench.core.train.TrainingGraph;
import org.adapterbench.core.weights.EncoderConfig.Family;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Hidden states, logits, loss and gradients of tiny random models against values that the reference
 * implementation computed ({@code make_tiny_models.py} beside the models).
 */
class ReferenceModelTest {

    /** fp32 sums of at most a few hundred terms of order 1, in another order: some 1e-6. */
    private static final float ROUNDING = 2e-5f;

    @ParameterizedTest
    @CsvSource({"BERT, PORTABLE", "BERT, FAST", "ROBERTA, PORTABLE", "ROBERTA, FAST"})
    void hiddenStatesLogitsAndGradientsAreTheReferences(Family family, Numerics numerics) throws IOException {
        ReferenceModel reference = ReferenceModel.read(family);
        JsonNode expected = reference.expected();
        TrainingSpec spec = Defaults.TRAINING.toBuilder()
                .epochs(1)
                .learningRate(1e-3)
                .warmupFraction(0)
                .batchSize(4)
                .maxLength(64)
                .weightDecay(0)
                .clipNorm(0)
                .dropout(0)
                .build();
        Batch batch = reference.batch();

        try (TrainingGraph graph = reference.graph(spec, numerics)) {
            assertHiddenStates(
                    graph.hiddenStates(batch), expected, reference.encoder().hidden());
            float[][] logits = graph.logits(batch);
            for (int i = 0; i < 4; i++) {
                assertThat(logits[i])
                        .containsExactly(floats(expected.get("logits").get(i)), offset(ROUNDING));
            }
            TrainingGraph.Gradients gradients = graph.gradients(batch, 0);
            assertThat(gradients.loss()).isCloseTo((float) expected.get("loss").doubleValue(), offset(ROUNDING));
            expected.get("gradients")
                    .properties()
                    .forEach(entry -> assertThat(gradients.byParameter().get(entry.getKey()))
                            .as(entry.getKey())
                            .containsExactly(floats(entry.getValue().get("values")), offset(ROUNDING)));
        }
    }

    private static void assertHiddenStates(float[] actual, JsonNode expected, int hidden) {
        float[] reference = floats(expected.get("lastHiddenState"));
        assertThat(actual).hasSameSizeAs(reference);
        List<Integer> mask = new ArrayList<>();
        expected.get("mask").forEach(row -> row.forEach(m -> mask.add(m.intValue())));
        for (int i = 0; i < actual.length; i++) {
            if (mask.get(i / hidden) == 1) {
                assertThat(actual[i]).isCloseTo(reference[i], offset(ROUNDING));
            }
        }
    }

    private static float[] floats(JsonNode array) {
        float[] values = new float[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) array.get(i).doubleValue();
        }
        return values;
    }
}
