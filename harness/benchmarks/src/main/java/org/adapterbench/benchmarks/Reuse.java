package org.adapterbench.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.api.record.RunSpec.DropoutLayers;
import org.adapterbench.core.json.Json;
import org.adapterbench.core.train.ActivationStore;
import org.adapterbench.core.train.EncodedExample;
import org.adapterbench.core.train.Evaluator.EvaluationSet;
import org.adapterbench.core.train.FrozenPrefix;
import org.adapterbench.core.train.TrainingListener;

/**
 * What stored activations of frozen layers save, from the second epoch on: whole trainings in turn, with and without
 * them, everything else equal.
 */
final class Reuse {

    private static final int EPOCHS = 2;
    private static final double DROPOUT = 0.1;

    private final Numerics numerics;
    private final PrintStream out;

    Reuse(Numerics numerics, PrintStream out) {
        this.numerics = numerics;
        this.out = out;
    }

    /** Seconds of one epoch's steps and of its evaluation. */
    record Times(double training, double evaluation) {}

    /** Computed over stored. */
    record Row(String method, String settings, Interval training, Interval evaluation) {}

    /** {@code method=NAME settings={"key":"value"} pairs=10 examples=320 task=glue/mrpc encoder=bge-small}. */
    void run(Options options, Results results) throws IOException {
        String encoder = options.word("encoder", "bge-small");
        List<EncodedExample> examples =
                Buckets.examples(encoder, options.word("task", "glue/mrpc")).subList(0, options.whole("examples", 320));
        String settings = options.word("settings", "{\"layers\":\"last-4\"}");
        Subject.Choice choice = new Subject.Choice(
                encoder, options.word("method", ""), settings(settings), DROPOUT, DropoutLayers.ADAPTED);
        int pairs = options.whole("pairs", 10);
        double[] training = new double[pairs];
        double[] evaluation = new double[pairs];
        for (int i = 0; i < pairs; i++) {
            Times first = times(choice, examples, i % 2 == 0);
            Times second = times(choice, examples, i % 2 != 0);
            Times stored = i % 2 == 0 ? first : second;
            Times computed = i % 2 == 0 ? second : first;
            training[i] = computed.training() / stored.training();
            evaluation[i] = computed.evaluation() / stored.evaluation();
        }
        Row row = new Row(choice.method(), settings, Interval.of(training), Interval.of(evaluation));
        out.println(String.format(
                Locale.ROOT,
                "%s %s, from the second epoch on, computed over stored: training %s, evaluation %s",
                row.method(),
                settings,
                row.training().text("%.2f"),
                row.evaluation().text("%.2f")));
        out.println(results.write("reuse", List.of(row)));
    }

    private static Map<String, Object> settings(String json) throws IOException {
        Map<String, Object> settings = new TreeMap<>();
        JsonNode tree = Json.tree(json);
        for (String name : (Iterable<String>) tree::fieldNames) {
            JsonNode value = tree.get(name);
            if (value.isNumber()) {
                settings.put(name, value.isIntegralNumber() ? (Object) value.intValue() : value.doubleValue());
            } else {
                settings.put(name, value.textValue());
            }
        }
        return settings;
    }

    private Times times(Subject.Choice choice, List<EncodedExample> examples, boolean stored) {
        LastEpoch times = new LastEpoch();
        try (Subject subject = Subject.open(choice, numerics, EPOCHS, 2);
                ActivationStore store = Trainings.room()) {
            Trainings.train(
                    subject,
                    examples,
                    List.of(new EvaluationSet("dev", new ArrayList<>(examples))),
                    stored ? new FrozenPrefix(store, "start") : FrozenPrefix.computed(),
                    times);
        }
        return new Times(times.training * 1e-9, times.evaluation * 1e-9);
    }

    /** The times of the epoch that ended last. */
    private static final class LastEpoch implements TrainingListener {

        private long epochStarted = System.nanoTime();
        private long lastStep = System.nanoTime();
        private long training;
        private long evaluation;

        @Override
        public void step(String stage, int step, int steps, float loss) {
            lastStep = System.nanoTime();
        }

        @Override
        public void evaluated(String stage, Outcome.Epoch epoch) {
            training = lastStep - epochStarted;
            evaluation = System.nanoTime() - lastStep;
            epochStarted = System.nanoTime();
        }
    }
}
