package org.adapterbench.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.adapterbench.api.UserError;
import org.adapterbench.api.method.AdapterContext;
import org.adapterbench.api.method.Settings;
import org.adapterbench.api.method.TuningMethod;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.RunSpec.DropoutLayers;
import org.adapterbench.api.record.RunSpec.TrainingSpec;
import org.adapterbench.api.task.Objective;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.Seeds;
import org.adapterbench.core.config.Defaults;
import org.adapterbench.core.encoder.Model;
import org.adapterbench.core.encoder.ModelLayout;
import org.adapterbench.core.plugin.MethodCatalog;
import org.adapterbench.core.tokenize.Tokens;
import org.adapterbench.core.train.Batch;
import org.adapterbench.core.train.EncodedExample;
import org.adapterbench.core.train.TrainingGraph;
import org.adapterbench.core.weights.EncoderAssets;
import org.adapterbench.core.weights.EncoderConfig;
import org.adapterbench.core.weights.EncoderStore;

/** A pretrained encoder with a method on it, of which steps are timed one by one. */
public final class Subject implements AutoCloseable {

    /** Rows of a batch: those of every shipped experiment. */
    public static final int ROWS = 32;

    /** The threads of a worker. */
    public static final int THREADS = 2;

    /** So small that the weights hardly move, however often a batch is repeated. */
    private static final double RATE = 1e-6;

    private static final long SEED = 20;
    /** Ids from here on are words in every vocabulary of the catalogue; of a smaller one, those of the second half. */
    private static final int FIRST_WORD = 2000;

    private final EncoderConfig config;
    private final TrainingGraph graph;
    private final TrainingSpec recipe;
    private int steps;

    private Subject(EncoderConfig config, TrainingGraph graph, TrainingSpec recipe) {
        this.config = config;
        this.graph = graph;
        this.recipe = recipe;
    }

    /**
     * What is timed.
     *
     * @param settings      those that differ from the method's defaults
     * @param dropoutLayers which layers have it
     */
    public record Choice(
            String encoder, String method, Map<String, Object> settings, double dropout, DropoutLayers dropoutLayers) {

        /** With dropout everywhere. */
        public Choice(String encoder, String method, Map<String, Object> settings, double dropout) {
            this(encoder, method, settings, dropout, Defaults.TRAINING.dropoutLayers());
        }
    }

    /** Builds the graph in a process whose environment is that of the numerics. */
    public static Subject open(Choice choice, Numerics numerics) {
        return open(choice, numerics, 1, 2);
    }

    static Subject open(Choice choice, Numerics numerics, int epochs, int classes) {
        EncoderAssets assets = new EncoderStore(CacheFolder.of(System.getenv())).open(choice.encoder());
        Model model = new Model(new ModelLayout(assets.config(), classes), assets.weights(), SEED);
        TuningMethod method = MethodCatalog.installed().get("method", choice.method());
        Settings settings = Settings.resolve(choice.method(), method.settings(), choice.settings());
        TrainingSpec recipe = recipe(choice, epochs);
        List<String> labels =
                IntStream.range(0, classes).mapToObj(i -> "class " + i).toList();
        TrainingGraph graph = new TrainingGraph(
                model,
                method.create(settings, new AdapterContext(model, model, SEED)),
                new Objective.Classification(labels),
                recipe,
                numerics,
                THREADS);
        return new Subject(assets.config(), graph, recipe);
    }

    private static TrainingSpec recipe(Choice choice, int epochs) {
        TrainingSpec usual = Defaults.TRAINING;
        return usual.toBuilder()
                .epochs(epochs)
                .learningRate(RATE)
                .headLearningRate(RATE)
                .batchSize(ROWS)
                .dropout(choice.dropout())
                .dropoutLayers(choice.dropoutLayers())
                .build();
    }

    /** @throws UserError when the encoder takes no texts of so many tokens */
    void require(int length) {
        if (length < 1 || length > config.maxLength()) {
            throw new UserError("length " + length + " (allowed with this encoder: 1 to " + config.maxLength() + ")");
        }
    }

    /** Random words without padding: the work of a batch depends on its shape alone. */
    public Batch batch(int length) {
        require(length);
        RandomGenerator random = Seeds.generator(SEED + length);
        List<EncodedExample> examples = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            int[] ids = random.ints(length, Math.min(FIRST_WORD, config.vocabulary() / 2), config.vocabulary())
                    .toArray();
            examples.add(new EncodedExample("example " + row, new Tokens(ids, new int[length]), row % 2));
        }
        return Batch.of(examples, IntStream.range(0, ROWS).toArray(), ROWS, length, config);
    }

    /** One optimizer step. @return seconds */
    public double step(Batch batch) {
        if (graph.trained().isEmpty()) {
            throw new UserError("this method trains nothing (allowed where steps are timed: one that does)");
        }
        steps++;
        long before = System.nanoTime();
        graph.step(batch, steps, 1, Seeds.derive(SEED, "dropout." + steps));
        return (System.nanoTime() - before) * 1e-9;
    }

    /** One forward pass without dropout. @return seconds */
    public double evaluate(Batch batch) {
        long before = System.nanoTime();
        graph.logits(batch);
        return (System.nanoTime() - before) * 1e-9;
    }

    /** Whether the method has steps at all. */
    public boolean trains() {
        return !graph.trained().isEmpty();
    }

    public EncoderConfig config() {
        return config;
    }

    TrainingGraph graph() {
        return graph;
    }

    TrainingSpec recipe() {
        return recipe;
    }

    @Override
    public void close() {
        graph.close();
    }
}
