package org.adapterbench.benchmarks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.encoder.Flops;
import org.adapterbench.core.plugin.MethodCatalog;
import org.adapterbench.core.train.Batch;
import org.adapterbench.core.train.TrainingGraph;
import org.adapterbench.core.weights.CatalogueEntry;
import org.adapterbench.core.weights.EncoderStore;
import org.tensorflow.TensorFlow;

/**
 * How much of the machine's own matrix-multiply rate a step reaches: pairs of a rate and a step measured one after the
 * other, so that both see the same machine. Operations are counted as {@link Flops#forward} does, every token in every
 * layer, whatever a step leaves out of them. An evaluation's weights are turned before the first measured one.
 */
final class Shares {

    private static final int USUAL_PAIRS = 10;
    private static final int WARM_UP_STEPS = 2;
    /** Forward, gradients of activations, gradients of weights. */
    private static final int FULL_STEP_PASSES = 3;

    private static final List<String> USUAL_ENCODERS = List.of("bge-small", "bert-base-uncased");

    private final Numerics numerics;
    private final PrintStream out;

    Shares(Numerics numerics, PrintStream out) {
        this.numerics = numerics;
        this.out = out;
    }

    /**
     * One line of the table.
     *
     * @param seconds   a step
     * @param gigaflops best rate measured beside it
     * @param share     of that rate
     * @param most      share that the matrix products of these shapes reach with nothing around them
     */
    record Row(
            String encoder,
            String step,
            double dropout,
            int length,
            Interval seconds,
            Interval gigaflops,
            Interval share,
            double most) {}

    /**
     * What comes before steady steps, in seconds.
     *
     * @param open      weights read into variables, graph built
     * @param firstStep TensorFlow's own preparations included
     */
    record Beginning(String encoder, double dropout, int length, double open, double firstStep) {}

    /** The file. @param loadSeconds to load TensorFlow, once a process, before any graph */
    record Figures(double loadSeconds, List<Row> steps, List<Beginning> beginnings) {}

    void run(Options options, Results results) {
        int pairs = options.number("pairs", USUAL_PAIRS);
        String method = options.word("method", everythingTrains());
        List<Double> dropouts = options.shares("dropout", List.of("0", "0.1"));
        List<Integer> lengths = options.numbers("lengths", lengths());
        List<String> encoders = encoders(options);
        long before = System.nanoTime();
        String version = TensorFlow.version();
        Figures figures = new Figures((System.nanoTime() - before) / 1e9, new ArrayList<>(), new ArrayList<>());
        out.println(String.format(Locale.ROOT, "TensorFlow %s loaded in %.2f s", version, figures.loadSeconds()));
        out.println(
                "encoder            step      dropout length  seconds              GFLOP/s          share of the rate    products alone");
        for (String encoder : encoders) {
            sayWhatIsLeftOut(encoder);
            for (double dropout : dropouts) {
                measure(new Subject.Choice(encoder, method, Map.of(), dropout), lengths, pairs, figures);
            }
        }
        out.println(results.write("shares", figures));
    }

    private void sayWhatIsLeftOut(String encoder) {
        if (TrainingGraph.leavesUnread(numerics)) {
            double share = Flops.unreadShare(new EncoderStore(CacheFolder.of(System.getenv()))
                    .open(encoder)
                    .config());
            out.println(String.format(
                    Locale.ROOT,
                    "%-18s rates and shares count every token in every layer; %.1f %% of that, tokens of the last layer that nothing reads, is not computed",
                    encoder,
                    100 * share));
        }
    }

    /** Portable lengths are multiples of 12 or 24. */
    private List<String> lengths() {
        return numerics == Numerics.PORTABLE ? List.of("60", "120") : List.of("64", "128");
    }

    private void measure(Subject.Choice choice, List<Integer> lengths, int pairs, Figures figures) {
        List<Row> rows = figures.steps();
        long before = System.nanoTime();
        try (Subject subject = Subject.open(choice, numerics)) {
            double open = (System.nanoTime() - before) / 1e9;
            int shortest = lengths.get(0);
            lengths.forEach(subject::batch);
            Beginning beginning = new Beginning(
                    choice.encoder(), choice.dropout(), shortest, open, subject.step(subject.batch(shortest)));
            figures.beginnings().add(beginning);
            out.println(String.format(
                    Locale.ROOT,
                    "%-18s begins    %-7.1f %-7d weights and graph %.2f s, first step %.2f s",
                    choice.encoder(),
                    choice.dropout(),
                    shortest,
                    open,
                    beginning.firstStep()));
            for (int length : lengths) {
                Batch batch = subject.batch(length);
                double forward = Flops.forward(subject.config(), Subject.ROWS, length);
                LayerProducts alone = LayerProducts.measure(subject.config(), numerics, Subject.ROWS, length);
                Pass step = new Pass("full", FULL_STEP_PASSES * forward, alone.step());
                rows.add(row(choice, step, length, pairs, i -> subject.step(batch)));
                if (choice.dropout() == 0) {
                    Pass evaluation = new Pass("evaluate", forward, alone.forward());
                    rows.add(row(choice, evaluation, length, pairs, i -> subject.evaluate(batch)));
                }
            }
        }
    }

    /** @param alone seconds of its matrix products with nothing around them */
    private record Pass(String name, double flops, double alone) {}

    private Row row(Subject.Choice choice, Pass pass, int length, int pairs, ToDoubleFunction<Integer> timed) {
        for (int i = 0; i < WARM_UP_STEPS; i++) {
            timed.applyAsDouble(i);
        }
        double[] seconds = new double[pairs];
        double[] rates = new double[pairs];
        double[] shares = new double[pairs];
        for (int i = 0; i < pairs; i++) {
            rates[i] = Machine.bestGigaflops();
            seconds[i] = timed.applyAsDouble(i);
            shares[i] = pass.flops() / seconds[i] / 1e9 / rates[i];
        }
        Row row = new Row(
                choice.encoder(),
                pass.name(),
                choice.dropout(),
                length,
                Interval.of(seconds),
                Interval.of(rates),
                Interval.of(shares),
                pass.flops() / pass.alone() / 1e9 / Interval.of(rates).median());
        out.println(String.format(
                Locale.ROOT,
                "%-18s %-9s %-7.1f %-7d %-20s %-16s %-20s %.2f",
                row.encoder(),
                pass.name(),
                row.dropout(),
                length,
                row.seconds().text("%.2f"),
                row.gigaflops().text("%.0f"),
                row.share().text("%.2f"),
                row.most()));
        return row;
    }

    /** Those that were named, or of the usual ones those that are here. */
    private List<String> encoders(Options options) {
        EncoderStore store = new EncoderStore(CacheFolder.of(System.getenv()));
        List<String> usable = store.catalogue().stream()
                .filter(CatalogueEntry::usable)
                .map(CatalogueEntry::name)
                .toList();
        USUAL_ENCODERS.stream()
                .filter(encoder -> options.word("encoders", "").isEmpty() && !usable.contains(encoder))
                .forEach(encoder ->
                        out.println(encoder + " is not here (remedy: make fetch-encoder ENCODER=" + encoder + ")"));
        List<String> encoders = options.words(
                "encoders", USUAL_ENCODERS.stream().filter(usable::contains).toList());
        // Whichever cannot be opened is told before anything is measured.
        encoders.forEach(store::open);
        return encoders;
    }

    /** The installed method that trains every parameter of a model, found by asking. */
    static String everythingTrains() {
        return MethodCatalog.installed().all().stream()
                .filter(EveryParameter::isTrainedBy)
                .findFirst()
                .orElseThrow()
                .name();
    }
}
