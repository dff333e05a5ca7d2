package org.adapterbench.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.adapterbench.api.record.RunSpec.TrainingSpec;
import org.adapterbench.api.task.Metric;
import org.adapterbench.api.task.Objective;
import org.adapterbench.api.task.Task;
import org.adapterbench.core.config.Defaults;
import org.adapterbench.core.encoder.Model;
import org.adapterbench.core.encoder.ModelLayout;
import org.adapterbench.core.encoder.RandomWeights;
import org.adapterbench.core.store.Records;
import org.adapterbench.core.tokenize.Tokens;
import org.adapterbench.core.train.EncodedExample;
import org.adapterbench.core.weights.EncoderConfig;
import org.adapterbench.core.weights.EncoderConfig.Family;
import org.adapterbench.core.weights.TensorMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmupTest {

    private static final EncoderConfig ENCODER = RandomWeights.tiny(Family.BERT);
    private static final TrainingSpec RECIPE = Defaults.TRAINING.toBuilder()
            .epochs(1)
            .learningRate(1e-3)
            .warmupFraction(0)
            .batchSize(8)
            .maxLength(48)
            .build();

    /** A warm-up evaluates nothing. */
    private static final class Unused implements Metric {
        @Override
        public String name() {
            return "unused";
        }

        @Override
        public boolean higherIsBetter() {
            return true;
        }

        @Override
        public double compute(float[] predicted, float[] expected) {
            throw new AssertionError("a warm-up evaluates nothing");
        }
    }

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aWarmUpThatGoesOnTellsWhatEarlierProcessesSpentOnIt() {
        Warmup interrupted = warmup();
        TensorMap first = interrupted.from(model(), examples(), checkpoint());
        double kept = checkpoint().read().orElseThrow().progress().seconds().total();

        Warmup rest = warmup();
        TensorMap second = rest.from(model(), examples(), checkpoint());

        assertThat(interrupted.earlierSeconds()).isZero();
        assertThat(kept).isPositive();
        assertThat(rest.earlierSeconds()).isEqualTo(kept);
        assertThat(second.values("classifier.weight")).isEqualTo(first.values("classifier.weight"));
    }

    private static Warmup warmup() {
        Objective classes = new Objective.Classification(List.of("no", "yes"));
        Task task = new Task("fake/task", "for tests", false, classes, List.of(new Unused()), List.of("dev"));
        return new Warmup(Records.spec("lora", 1), RECIPE, task, RunListener.silent());
    }

    private CheckpointFile checkpoint() {
        return new CheckpointFile(folder.resolve("state"), "a warm-up", Duration.ZERO, line -> {
            throw new AssertionError(line);
        });
    }

    private static Model model() {
        return new Model(new ModelLayout(ENCODER, 2), new RandomWeights(ENCODER, 3), 5);
    }

    private static List<EncodedExample> examples() {
        List<EncodedExample> examples = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            examples.add(new EncodedExample("e" + i, new Tokens(new int[] {2, 3 + i, 4, 5}, new int[4]), i % 2));
        }
        return examples;
    }
}
