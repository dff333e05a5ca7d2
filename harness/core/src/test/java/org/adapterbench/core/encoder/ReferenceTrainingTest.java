package org.adapterbench.core.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.RunSpec.TrainingSpec;
import org.adapterbench.core.config.Defaults;
import org.adapterbench.core.train.Batch;
import org.adapterbench.core.train.Schedule;
import org.adapterbench.core.train.TrainingGraph;
import org.adapterbench.core.weights.EncoderConfig.Family;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A whole short training, gradients, clipping, AdamW with decay on every tensor and schedule together, against the
 * losses of the reference implementation ({@code make_tiny_training.py} beside the models).
 */
class ReferenceTrainingTest {

    /** Rounding of fp32 grows from step to step, by Adam's division most of all; the losses fall by more than 0.5. */
    private static final float ROUNDING = 2e-4f;

    @ParameterizedTest
    @CsvSource({"BERT, PORTABLE", "BERT, FAST", "ROBERTA, PORTABLE", "ROBERTA, FAST"})
    void everyStepsLossIsTheReferences(Family family, Numerics numerics) throws IOException {
        ReferenceModel reference = ReferenceModel.read(family);
        JsonNode training = reference.json("training.json");
        JsonNode recipe = training.get("recipe");
        int steps = recipe.get("steps").intValue();
        double rate = recipe.get("learningRate").doubleValue();
        double warmup = recipe.get("warmupFraction").doubleValue();
        TrainingSpec spec = Defaults.TRAINING.toBuilder()
                .epochs(steps)
                .learningRate(rate)
                .headLearningRate(rate)
                .warmupFraction(warmup)
                .batchSize(4)
                .maxLength(64)
                .weightDecay(recipe.get("weightDecay").doubleValue())
                .decayAll(true)
                .clipNorm(recipe.get("clipNorm").doubleValue())
                .dropout(0)
                .build();
        Schedule schedule = Schedule.of(steps, warmup);
        Batch batch = reference.batch();

        try (TrainingGraph graph = reference.graph(spec, numerics)) {
            for (int step = 1; step <= steps; step++) {
                float expected = (float) training.get("losses").get(step - 1).doubleValue();
                assertThat(graph.step(batch, step, schedule.share(step - 1), 0))
                        .as("step %d", step)
                        .isCloseTo(expected, offset(ROUNDING));
            }
        }
        assertThat(training.get("losses").get(0).doubleValue()
                        - training.get("losses").get(steps - 1).doubleValue())
                .as("the training must move")
                .isGreaterThan(0.5);
    }
}
