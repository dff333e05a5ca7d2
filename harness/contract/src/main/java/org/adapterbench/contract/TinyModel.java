package org.adapterbench.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.adapterbench.api.method.Adapter;
import org.adapterbench.api.method.ModelParameter;
import org.adapterbench.api.method.ModelParameter.Role;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.RunSpec.TrainingSpec;
import org.adapterbench.api.task.Objective;
import org.adapterbench.core.Seeds;
import org.adapterbench.core.config.Defaults;
import org.adapterbench.core.encoder.Model;
import org.adapterbench.core.encoder.ModelLayout;
import org.adapterbench.core.tokenize.Tokens;
import org.adapterbench.core.train.Batch;
import org.adapterbench.core.train.EncodedExample;
import org.adapterbench.core.train.TrainingGraph;
import org.adapterbench.core.weights.EncoderConfig;
import org.adapterbench.core.weights.EncoderConfig.Activation;
import org.adapterbench.core.weights.EncoderConfig.Family;
import org.adapterbench.core.weights.WeightSource;

/**
 * A small encoder with random weights, large enough for attention to be far from uniform, and batches for it.
 *
 * @param config sizes and family
 */
public record TinyModel(EncoderConfig config) {

    /** Two classes, the smallest task there is. */
    public static final Objective OBJECTIVE = new Objective.Classification(List.of("no", "yes"));

    private static final int ROWS = 8;
    private static final int LENGTH = 12;
    private static final int THREADS = 2;
    private static final int VOCABULARY = 60;
    private static final double DEVIATION = 0.2;

    /** Two layers, 48 wide, 4 heads. */
    public static TinyModel of(Family family) {
        return sized(family, 48, 96);
    }

    /** Two layers, 96 wide: wide enough for ranks above 72, which are filled up to a multiple of 24. */
    public static TinyModel wide() {
        return sized(Family.BERT, 96, 120);
    }

    private static TinyModel sized(Family family, int hidden, int intermediate) {
        boolean bert = family == Family.BERT;
        return new TinyModel(new EncoderConfig(
                family,
                VOCABULARY,
                hidden,
                2,
                4,
                intermediate,
                LENGTH + 2,
                bert ? 2 : 1,
                1e-5,
                Activation.GELU,
                bert ? 0 : 1));
    }

    /** The model with weights and head drawn from a seed. */
    public Model model(long seed) {
        return new Model(new ModelLayout(config, OBJECTIVE.outputs()), new Weights(seed), seed);
    }

    /** The engine's real graph, in portable numerics, with dropout. */
    public TrainingGraph graph(Adapter adapter, long modelSeed) {
        return graph(adapter, modelSeed, Numerics.PORTABLE);
    }

    /** The engine's real graph, with dropout. */
    public TrainingGraph graph(Adapter adapter, long modelSeed, Numerics numerics) {
        // Rates far above those of real training: a few steps must move every parameter visibly.
        TrainingSpec spec = Defaults.TRAINING.toBuilder()
                .epochs(1)
                .learningRate(0.03)
                .warmupFraction(0)
                .batchSize(ROWS)
                .maxLength(LENGTH)
                .build();
        return new TrainingGraph(model(modelSeed), adapter, OBJECTIVE, spec, numerics, THREADS);
    }

    /** A batch of texts of mixed lengths. */
    public Batch batch(long seed) {
        RandomGenerator random = Seeds.generator(seed);
        List<EncodedExample> examples = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            int[] ids =
                    random.ints(4 + random.nextInt(LENGTH - 3), 2, VOCABULARY).toArray();
            examples.add(new EncodedExample("example-" + i, new Tokens(ids, new int[ids.length]), i % 2));
        }
        return Batch.of(examples, IntStream.range(0, ROWS).toArray(), ROWS, LENGTH, config);
    }

    /** Random tensors by name; a name's values do not depend on the others. */
    private final class Weights implements WeightSource {

        private final Map<String, ModelParameter> parameters = new TreeMap<>();
        private final long seed;

        Weights(long seed) {
            this.seed = seed;
            new ModelLayout(config, OBJECTIVE.outputs())
                    .parameters()
                    .forEach(parameter -> parameters.put(parameter.name(), parameter));
        }

        @Override
        public SortedSet<String> names() {
            return new TreeSet<>(parameters.keySet());
        }

        @Override
        public List<Integer> shape(String name) {
            return parameter(name).shape();
        }

        @Override
        public float[] values(String name) {
            ModelParameter parameter = parameter(name);
            RandomGenerator random = Seeds.generator(Seeds.derive(seed, name));
            float[] values = Seeds.normal(Math.toIntExact(parameter.size()), DEVIATION, random);
            boolean scale = parameter.role() == Role.NORM && name.endsWith(".weight");
            for (int i = 0; scale && i < values.length; i++) {
                values[i] += 1f;
            }
            return values;
        }

        private ModelParameter parameter(String name) {
            ModelParameter parameter = parameters.get(name);
            if (parameter == null) {
                throw new IllegalArgumentException("no parameter '" + name + "'");
            }
            return parameter;
        }
    }
}
