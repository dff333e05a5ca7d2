package org.adapterbench.core.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.adapterbench.api.Sha256;
import org.adapterbench.api.method.Adapter;
import org.adapterbench.api.method.ModelParameter;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.RunSpec.TrainingSpec;
import org.adapterbench.api.task.Objective;
import org.adapterbench.core.Seeds;
import org.adapterbench.core.config.Defaults;
import org.adapterbench.core.encoder.Model;
import org.adapterbench.core.encoder.ModelLayout;
import org.adapterbench.core.encoder.RandomWeights;
import org.adapterbench.core.run.NumericsCheck;
import org.adapterbench.core.tokenize.Tokens;
import org.adapterbench.core.weights.EncoderConfig;
import org.adapterbench.core.weights.EncoderConfig.Activation;
import org.adapterbench.core.weights.EncoderConfig.Family;

/**
 * Short but complete trainings whose every bit is pinned: a program of its own, so that it can also run on a
 * processor that is emulated. Prints one line for each hash.
 */
final class PortableTraining {

    /** Rows of every other batch that no example fills. */
    private static final int FILLED = 2;

    private static final Objective TWO_CLASSES = new Objective.Classification(List.of("no", "yes"));

    private static final Adapter EVERYTHING = new Adapter() {
        @Override
        public boolean trains(ModelParameter parameter) {
            return true;
        }
    };

    private PortableTraining() {}

    public static void main(String[] arguments) {
        hashes().forEach((name, hash) -> System.out.println(name + " " + hash));
    }

    /** By training and part (losses, weights, logits), the SHA-256 of its bits. */
    static SortedMap<String, String> hashes() {
        SortedMap<String, String> all = new TreeMap<>();
        EncoderConfig tiny = RandomWeights.tiny(Family.BERT);
        train("tiny, everything", tiny, EVERYTHING, 8, List.of(24, 12, 48), all);
        train("384 wide, everything", wide(), EVERYTHING, 32, List.of(24, 12), all);
        Adapter factors = new LowRankFactors(new ModelLayout(wide(), 2).sites(), 9);
        train("384 wide, low rank", wide(), factors, 32, List.of(12, 24), all);
        return all;
    }

    /** One layer with the widths of the small encoders, so with the products of real runs. */
    private static EncoderConfig wide() {
        return new EncoderConfig(Family.BERT, 100, 384, 1, 12, 1536, 64, 2, 1e-12, Activation.GELU, 0);
    }

    /** One step for each padded length, then the evaluation graph's logits. */
    private static void train(
            String name,
            EncoderConfig config,
            Adapter adapter,
            int rows,
            List<Integer> lengths,
            SortedMap<String, String> all) {
        Model model = new Model(new ModelLayout(config, 2), new RandomWeights(config, 3), 5);
        Sha256 losses = new Sha256();
        Sha256 weights = new Sha256();
        Sha256 logits = new Sha256();
        TrainingSpec spec = spec(rows, Collections.max(lengths));
        try (TrainingGraph graph = new TrainingGraph(
                model, adapter, TWO_CLASSES, spec, Numerics.PORTABLE, NumericsCheck.PORTABLE_THREADS)) {
            for (int step = 1; step <= lengths.size(); step++) {
                Batch batch = batch(config, step, rows, lengths.get(step - 1));
                losses.add(Float.floatToRawIntBits(graph.step(batch, step, 1.0 / step, 70 + step)));
            }
            graph.trained().forEach(parameter -> weights.add(graph.value(parameter.name())));
            for (float[] row : graph.logits(batch(config, 0, rows, 24))) {
                logits.add(row);
            }
        }
        all.put(name + ": losses", losses.hex());
        all.put(name + ": weights", weights.hex());
        all.put(name + ": logits", logits.hex());
    }

    private static TrainingSpec spec(int rows, int maxLength) {
        return Defaults.TRAINING.toBuilder()
                .epochs(1)
                .learningRate(1e-3)
                .warmupFraction(0)
                .batchSize(rows)
                .maxLength(maxLength)
                .build();
    }

    private static Batch batch(EncoderConfig config, int seed, int rows, int length) {
        RandomGenerator random = Seeds.generator(seed);
        List<EncodedExample> examples = new ArrayList<>();
        int count = seed % 2 == 0 ? rows - FILLED : rows;
        for (int i = 0; i < count; i++) {
            // Where processors differ they do in a product's last rows, so the last text is not padded.
            int tokens = i == count - 1 ? length : length - random.nextInt(length / 2);
            int[] ids = random.ints(tokens, 2, config.vocabulary()).toArray();
            examples.add(new EncodedExample("e" + i, new Tokens(ids, new int[ids.length]), i % 2));
        }
        return Batch.of(examples, IntStream.range(0, count).toArray(), rows, length, config);
    }
}
