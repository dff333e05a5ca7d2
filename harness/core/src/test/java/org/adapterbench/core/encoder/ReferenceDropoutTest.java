package org.adapterbench.core.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.RunSpec.TrainingSpec;
import org.adapterbench.core.Seeds;
import org.adapterbench.core.config.Defaults;
import org.adapterbench.core.train.Batch;
import org.adapterbench.core.train.TrainingGraph;
import org.adapterbench.core.weights.EncoderConfig.Family;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Dropout acts where, and as strongly as, the reference implementation's does: masks cannot be equal, but loss and
 * squared gradients averaged over many masks must be ({@code make_tiny_dropout.py} beside the models).
 */
class ReferenceDropoutTest {

    private static final int DRAWS = 2000;

    /** Standard errors of a difference of means; about 45 are looked at. */
    private static final double MOST_ERRORS = 5;

    /** Gradients that are 0 but for rounding, such as a key bias's. */
    private static final double NOTHING = 1e-10;

    @ParameterizedTest
    @CsvSource({"BERT, PORTABLE", "BERT, FAST", "ROBERTA, PORTABLE"})
    void meansOverMasksAreTheReferences(Family family, Numerics numerics) throws IOException {
        ReferenceModel reference = ReferenceModel.read(family);
        JsonNode stored = reference.json("dropout.json");
        double rate = stored.get("rate").doubleValue();
        int draws = stored.get("draws").intValue();
        JsonNode expected = stored.get("meanAndDeviation");

        Map<String, Double> means = means(reference, rate, numerics);

        SoftAssertions softly = new SoftAssertions();
        assertThat(means).hasSize(expected.size());
        means.forEach((name, mean) -> {
            double theirs = expected.get(name).get(0).doubleValue();
            double deviation = expected.get(name).get(1).doubleValue();
            if (theirs < NOTHING) {
                softly.assertThat(mean).as(name).isLessThan(NOTHING);
            } else {
                double error = deviation * Math.sqrt(1.0 / DRAWS + 1.0 / draws);
                softly.assertThat((mean - theirs) / error)
                        .as("%s: mean %.5g against %.5g, in standard errors", name, mean, theirs)
                        .isBetween(-MOST_ERRORS, MOST_ERRORS);
            }
        });
        softly.assertAll();
    }

    private static Map<String, Double> means(ReferenceModel reference, double rate, Numerics numerics) {
        TrainingSpec spec = Defaults.TRAINING.toBuilder()
                .epochs(1)
                .learningRate(1e-3)
                .warmupFraction(0)
                .batchSize(4)
                .maxLength(64)
                .weightDecay(0)
                .dropout(rate)
                .build();
        Map<String, Double> means = new TreeMap<>();
        Batch batch = reference.batch();
        try (TrainingGraph graph = reference.graph(spec, numerics)) {
            for (int draw = 0; draw < DRAWS; draw++) {
                TrainingGraph.Gradients gradients = graph.gradients(batch, Seeds.derive(1, "dropout." + draw));
                means.merge("loss", (double) gradients.loss() / DRAWS, Double::sum);
                gradients.byParameter().forEach((name, values) -> {
                    double square = 0;
                    for (float value : values) {
                        square += (double) value * value;
                    }
                    means.merge(name, square / DRAWS, Double::sum);
                });
            }
        }
        return means;
    }
}
