package org.adapterbench.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.adapterbench.api.method.TuningMethod;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.RunSpec.DropoutLayers;
import org.adapterbench.core.plugin.MethodCatalog;
import org.adapterbench.core.train.ActivationStore;
import org.adapterbench.core.train.EncodedExample;
import org.adapterbench.core.train.FrozenPrefix;

/**
 * What stored activations of frozen layers save, from the second epoch on: two trainings side by side, with and without
 * them and everything else equal, of which each does an epoch in turn.
 */
final class Reuse {

    /** The evaluation before the first step, and the epoch in which the activations are stored. */
    private static final int UNCOUNTED = 2;

    private static final int USUAL_PAIRS = 10;
    private static final int USUAL_EXAMPLES = 192;
    private static final double DROPOUT = 0.1;

    private final Numerics numerics;
    private final PrintStream out;

    Reuse(Numerics numerics, PrintStream out) {
        this.numerics = numerics;
        this.out = out;
    }

    /** Computed over stored. */
    record Row(String method, String settings, Interval training, Interval evaluation) {}

    /**
     * {@code method=NAME settings={"key":"value"} pairs=10 examples=192 task=glue/mrpc encoder=bge-small}; the settings
     * are those that differ from the method's own, and without any the last four layers are adapted.
     */
    void run(Options options, Results results) throws IOException, InterruptedException {
        String method = options.required(
                "method",
                MethodCatalog.installed().all().stream().map(TuningMethod::name).toList());
        String settings = options.word("settings", "{\"layers\":\"last-4\"}");
        String encoder = options.word("encoder", "bge-small");
        Subject.Choice choice = new Subject.Choice(
                encoder, method, options.settings("settings", settings), DROPOUT, DropoutLayers.ADAPTED);
        int pairs = options.number("pairs", USUAL_PAIRS);
        int most = options.number("examples", USUAL_EXAMPLES);
        List<EncodedExample> all = Buckets.examples(encoder, options.word("task", "glue/mrpc"));
        Row row = measure(choice, settings, all.subList(0, Math.min(all.size(), most)), pairs);
        out.println(String.format(
                Locale.ROOT,
                "%s %s, from the second epoch on, computed over stored: training %s, evaluation %s",
                row.method(),
                settings,
                row.training().text("%.2f"),
                row.evaluation().text("%.2f")));
        out.println(results.write("reuse", List.of(row)));
    }

    private Row measure(Subject.Choice choice, String settings, List<EncodedExample> examples, int pairs)
            throws InterruptedException {
        double[] training = new double[pairs];
        double[] evaluation = new double[pairs];
        int epochs = pairs + UNCOUNTED - 1;
        try (Subject one = Subject.open(choice, numerics, epochs, 2);
                Subject other = Subject.open(choice, numerics, epochs, 2);
                ActivationStore store = Trainings.room();
                EpochByEpoch stored = new EpochByEpoch(one, examples, new FrozenPrefix(store, "start"));
                EpochByEpoch computed = new EpochByEpoch(other, examples, FrozenPrefix.computed())) {
            for (int i = 0; i < UNCOUNTED; i++) {
                stored.next();
                computed.next();
            }
            out.println("epoch    stored: training s, evaluation s    computed: training s, evaluation s");
            for (int i = 0; i < pairs; i++) {
                EpochByEpoch.Times first = (i % 2 == 0 ? stored : computed).next();
                EpochByEpoch.Times second = (i % 2 == 0 ? computed : stored).next();
                EpochByEpoch.Times with = i % 2 == 0 ? first : second;
                EpochByEpoch.Times without = i % 2 == 0 ? second : first;
                training[i] = without.training() / with.training();
                evaluation[i] = without.evaluation() / with.evaluation();
                print(i + UNCOUNTED, with, without);
            }
        }
        return new Row(choice.method(), settings, Interval.of(training), Interval.of(evaluation));
    }

    private void print(int epoch, EpochByEpoch.Times stored, EpochByEpoch.Times computed) {
        out.println(String.format(
                Locale.ROOT,
                "%-8d %19.2f %13.2f %24.2f %13.2f",
                epoch,
                stored.training(),
                stored.evaluation(),
                computed.training(),
                computed.evaluation()));
    }
}
