package org.adapterbench.api.record;

import java.util.List;
import java.util.SortedMap;
import org.adapterbench.api.method.Settings;
import org.jspecify.annotations.Nullable;

/**
 * One run, fully resolved: everything that decides its numbers and nothing else. The run's id is the SHA-256
 * of this record's canonical JSON, so neither git commit, paths, launcher nor time stand here.
 *
 * @param recipeVersion raised by hand whenever the same spec gives other results than before
 * @param seed          the run seed, from which all others derive by purpose
 * @param threads       that TensorFlow computes with; the numerics decide how operations share them
 */
public record RunSpec(
        int recipeVersion,
        EncoderSpec encoder,
        TaskSpec task,
        MethodSpec method,
        StartSpec start,
        TrainingSpec training,
        long seed,
        Numerics numerics,
        int threads) {

    /** The value of {@code recipeVersion} that this version of the program writes for portable numerics. */
    public static final int RECIPE_VERSION = 2;

    private static final int FAST_RECIPE_VERSION = 7;

    /** The value that this version writes: fast numerics change without portable ones. */
    public static int recipeVersion(Numerics numerics) {
        return numerics == Numerics.PORTABLE ? RECIPE_VERSION : FAST_RECIPE_VERSION;
    }

    /** The same run as this version of the program executes it with the given numerics. */
    public RunSpec executedWith(Numerics other) {
        return new RunSpec(recipeVersion(other), encoder, task, method, start, training, seed, other, threads);
    }

    /**
     * The pretrained encoder by content.
     *
     * @param name            catalogue name, or the model's name for a local folder (never a path)
     * @param configSha256    over the sizes and constants that the graph is built from
     * @param weightsSha256   over the tensors' names, shapes and values, whatever file format they came in
     * @param tokenizerSha256 over the tokenizer definition
     */
    public record EncoderSpec(String name, String configSha256, String weightsSha256, String tokenizerSha256) {}

    /**
     * The task's data by content.
     *
     * @param name       {@code suite/task}
     * @param train      the training selection
     * @param evaluation the scored selections, the primary one first
     */
    public record TaskSpec(String name, SplitSpec train, List<SplitSpec> evaluation) {
        public TaskSpec {
            evaluation = List.copyOf(evaluation);
        }
    }

    /**
     * A selection of a split's examples.
     *
     * @param split         name
     * @param contentSha256 of the whole split
     * @param rule          how the examples were chosen
     * @param subsetSeed    of a {@code RANDOM} choice, else 0
     * @param examples      how many are used
     * @param idsSha256     over the selected ids in order
     */
    public record SplitSpec(
            String split, String contentSha256, SubsetRule rule, long subsetSeed, int examples, String idsSha256) {}

    /** How a selection is drawn from a split; a smaller selection by the same rule lies inside a larger one. */
    public enum SubsetRule {
        /** Every example. */
        ALL,
        /** The first ones in the source's order. */
        FIRST,
        /** Those with the smallest hash of seed and id. */
        RANDOM
    }

    /** The method and its resolved settings. */
    public record MethodSpec(String name, Settings settings) {}

    /**
     * What training starts from.
     *
     * @param warmup full fine-tuning before the method's turn; null to start from the pretrained weights
     */
    public record StartSpec(@Nullable TrainingSpec warmup) {}

    /**
     * How to train.
     *
     * @param epochs           passes over the training selection
     * @param learningRate     peak rate of the method's parameters
     * @param headLearningRate peak rate of the head
     * @param warmupFraction   share of the steps with linearly rising rate; it falls linearly to 0 afterwards
     * @param batchSize        examples a step; batches are filled up with masked rows
     * @param maxLength        tokens an example, truncated longest text first
     * @param weightDecay      decoupled decay
     * @param decayAll         whether biases and LayerNorm decay too
     * @param clipNorm         bound on the global gradient norm
     * @param dropout          rate at every place where the encoder and the head have dropout
     * @param dropoutLayers    which layers have dropout in training
     * @param head             whether the classifier trains
     * @param pooler           whether the pooler trains
     * @param checkpoint       which epoch's weights are reported
     * @param selectionExamples training examples held out to choose the best epoch; 0 with {@code LAST}, except
     *                         that a warm-up leaves out what the method's turn will choose by
     */
    public record TrainingSpec(
            int epochs,
            double learningRate,
            double headLearningRate,
            double warmupFraction,
            int batchSize,
            int maxLength,
            double weightDecay,
            boolean decayAll,
            double clipNorm,
            double dropout,
            DropoutLayers dropoutLayers,
            Part head,
            Part pooler,
            Checkpoint checkpoint,
            int selectionExamples) {

        /** The same but for the size of the slice. */
        public TrainingSpec holdingOut(int examples) {
            return toBuilder().selectionExamples(examples).build();
        }

        /** The same but for the peak rate of the method's parameters. */
        public TrainingSpec withLearningRate(double rate) {
            return toBuilder().learningRate(rate).build();
        }

        /** For a recipe that differs in a few values. */
        public TrainingSpecBuilder toBuilder() {
            return new TrainingSpecBuilder(this);
        }
    }

    /** Which layers have dropout in training. */
    public enum DropoutLayers {
        /** All, embeddings included. */
        ALL,
        /**
         * From the first layer that the method trains or changes; those below are the same function in every
         * epoch. Embeddings have dropout where that layer is the first of all.
         */
        ADAPTED
    }

    /** Whether a part of the head trains. */
    public enum Part {
        TRAINED,
        FROZEN
    }

    /** Which epoch's weights are reported. */
    public enum Checkpoint {
        /** The last epoch's. */
        LAST,
        /** The epoch that is best on a slice held out of the training selection. */
        BEST
    }

    /** Settings by name for display. */
    public SortedMap<String, Object> methodSettings() {
        return method.settings().values();
    }
}
