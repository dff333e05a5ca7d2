package org.adapterbench.cli.portable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.adapterbench.api.Sha256;
import org.adapterbench.api.method.Adapter;
import org.adapterbench.api.method.AdapterContext;
import org.adapterbench.api.method.Settings;
import org.adapterbench.api.method.TuningMethod;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.RunSpec.TrainingSpec;
import org.adapterbench.api.task.Objective;
import org.adapterbench.core.Seeds;
import org.adapterbench.core.config.Defaults;
import org.adapterbench.core.encoder.Model;
import org.adapterbench.core.encoder.ModelLayout;
import org.adapterbench.core.run.NumericsCheck;
import org.adapterbench.core.tokenize.Tokens;
import org.adapterbench.core.train.Batch;
import org.adapterbench.core.train.EncodedExample;
import org.adapterbench.core.train.GraphState;
import org.adapterbench.core.train.TrainingGraph;
import org.adapterbench.core.weights.EncoderConfig;
import org.adapterbench.core.weights.TensorMap;
import org.adapterbench.core.weights.WeightSource;
import org.tensorflow.proto.GraphDef;

/** A short training of one method that can be repeated from its start: a step for each padded length, then scores. */
final class SweptTraining implements Swept {

    /** Three classes, as in the largest GLUE task. */
    static final Objective CLASSES = new Objective.Classification(List.of("a", "b", "c"));

    private static final long SEED = 5;

    private final String name;
    private final EncoderConfig config;
    private final int rows;
    private final List<Integer> lengths;
    private final TrainingGraph graph;
    private final TensorMap start = new TensorMap();

    private SweptTraining(String name, EncoderConfig config, int rows, List<Integer> lengths, TrainingGraph graph) {
        this.name = name;
        this.config = config;
        this.rows = rows;
        this.lengths = lengths;
        this.graph = graph;
        try (GraphState state = graph.state()) {
            state.names().forEach(tensor -> start.put(tensor, state.shape(tensor), state.values(tensor)));
        }
    }

    /**
     * @param rows    examples a batch
     * @param lengths padded length of each step's batch
     */
    static SweptTraining of(
            EncoderConfig config,
            WeightSource weights,
            TuningMethod method,
            Map<String, Object> settings,
            int rows,
            List<Integer> lengths) {
        Model model = new Model(new ModelLayout(config, CLASSES.outputs()), weights, SEED);
        Adapter adapter = method.create(
                Settings.resolve("sweep", method.settings(), settings), new AdapterContext(model, model, SEED));
        TrainingSpec spec = spec(rows, Collections.max(lengths));
        return new SweptTraining(
                method.name(),
                config,
                rows,
                List.copyOf(lengths),
                new TrainingGraph(model, adapter, CLASSES, spec, Numerics.PORTABLE, NumericsCheck.PORTABLE_THREADS));
    }

    static TrainingSpec spec(int rows, int maxLength) {
        return Defaults.TRAINING.toBuilder()
                .epochs(1)
                .learningRate(1e-3)
                .warmupFraction(0)
                .batchSize(rows)
                .maxLength(maxLength)
                .build();
    }

    @Override
    public String name() {
        return name;
    }

    /** Over losses, trained values and scores. */
    @Override
    public String hash() {
        Sha256 sha = new Sha256();
        if (!graph.trained().isEmpty()) {
            graph.restore(start);
        }
        for (int step = 1; step <= lengths.size() && !graph.trained().isEmpty(); step++) {
            float loss = graph.step(batch(step, lengths.get(step - 1)), step, 1.0 / step, SEED + step);
            sha.add(Float.floatToRawIntBits(loss));
        }
        graph.trained().forEach(parameter -> sha.add(graph.value(parameter.name())));
        for (int length : lengths) {
            for (float[] scores : graph.logits(batch(0, length))) {
                sha.add(scores);
            }
        }
        return sha.hex();
    }

    /** The graph. */
    GraphDef definition() {
        return graph.definition();
    }

    /** The last row is an example of the full length: the end of a product's rows is where a difference shows. */
    private Batch batch(int seed, int length) {
        RandomGenerator random = Seeds.generator(Seeds.derive(seed, "batch." + length));
        List<EncodedExample> examples = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            int tokens = i == rows - 1 ? length : length - random.nextInt(length / 2);
            int[] ids = random.ints(tokens, 2, config.vocabulary()).toArray();
            examples.add(new EncodedExample("e" + i, new Tokens(ids, new int[ids.length]), i % CLASSES.outputs()));
        }
        return Batch.of(examples, IntStream.range(0, rows).toArray(), rows, length, config);
    }

    @Override
    public void close() {
        graph.close();
    }
}
