package org.adapterbench.benchmarks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.task.LabelledExample;
import org.adapterbench.api.task.TaskData;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.Seeds;
import org.adapterbench.core.plugin.TaskCatalog;
import org.adapterbench.core.tokenize.HuggingFaceTextTokenizer;
import org.adapterbench.core.tokenize.TextTokenizer;
import org.adapterbench.core.tokenize.Tokens;
import org.adapterbench.core.train.Batch;
import org.adapterbench.core.train.BatchPlan;
import org.adapterbench.core.train.EncodedExample;
import org.adapterbench.core.weights.EncoderStore;

/**
 * What length-bucketed batches save against padding every text to the maximum: real batches of a shuffled epoch, each
 * trained on twice in turn, as planned and padded to the full length.
 */
final class Buckets {

    private static final int PADDED = 128;
    private static final int USUAL_BATCHES = 24;
    private static final int BLOCKS = 12;
    private static final int WARM_UP_STEPS = 2;
    private static final long SEED = 3;

    private final Numerics numerics;
    private final PrintStream out;

    Buckets(Numerics numerics, PrintStream out) {
        this.numerics = numerics;
        this.out = out;
    }

    /**
     * One task.
     *
     * @param batches         measured of the epoch's
     * @param bucketedSeconds all of them as planned
     * @param paddedSeconds   the same padded
     * @param ratio           of the sums over {@value #BLOCKS} blocks of batches
     */
    record Row(
            String task,
            int epochBatches,
            int batches,
            double meanLength,
            double bucketedSeconds,
            double paddedSeconds,
            Interval ratio) {}

    /** {@code batches=0} measures a whole epoch. */
    void run(Options options, Results results) {
        String encoder = options.word("encoder", "bge-small");
        List<Row> rows = new ArrayList<>();
        out.println("task        batches of   padded to  bucketed   to " + PADDED + "     ratio");
        try (Subject subject = Subject.open(
                new Subject.Choice(encoder, options.word("method", Shares.everythingTrains()), Map.of(), 0.1),
                numerics)) {
            for (String task : options.words("tasks", List.of("glue/rte", "glue/mrpc", "glue/cola"))) {
                rows.add(measure(subject, encoder, task, options.whole("batches", USUAL_BATCHES)));
            }
        }
        out.println(results.write("buckets", rows));
    }

    private Row measure(Subject subject, String encoder, String task, int most) {
        List<EncodedExample> examples = examples(encoder, task);
        List<BatchPlan.Slot> epoch =
                BatchPlan.forTraining(examples, Subject.ROWS).shuffled(Seeds.generator(SEED));
        List<BatchPlan.Slot> slots = epoch.subList(0, most == 0 ? epoch.size() : Math.min(most, epoch.size()));
        double[] bucketed = new double[BLOCKS];
        double[] padded = new double[BLOCKS];
        for (int i = -WARM_UP_STEPS; i < slots.size(); i++) {
            BatchPlan.Slot slot = slots.get(Math.max(i, 0));
            double planned = subject.step(batch(subject, examples, slot, slot.length()));
            double full = subject.step(batch(subject, examples, slot, PADDED));
            if (i >= 0) {
                bucketed[i * BLOCKS / slots.size()] += planned;
                padded[i * BLOCKS / slots.size()] += full;
            }
        }
        return row(task, epoch.size(), slots, bucketed, padded);
    }

    private Row row(String task, int epoch, List<BatchPlan.Slot> slots, double[] bucketed, double[] padded) {
        int used = Math.min(BLOCKS, slots.size());
        double[] ratios = new double[used];
        double bucketedSum = 0;
        double paddedSum = 0;
        for (int i = 0; i < used; i++) {
            ratios[i] = padded[i] / bucketed[i];
            bucketedSum += bucketed[i];
            paddedSum += padded[i];
        }
        double length =
                slots.stream().mapToInt(BatchPlan.Slot::length).average().orElseThrow();
        Row row = new Row(task, epoch, slots.size(), length, bucketedSum, paddedSum, Interval.of(ratios));
        out.println(String.format(
                Locale.ROOT,
                "%-11s %4d of %-4d %8.1f   %7.1f s  %7.1f s  %s",
                task,
                row.batches(),
                epoch,
                length,
                bucketedSum,
                paddedSum,
                row.ratio().text("%.2f")));
        return row;
    }

    private static Batch batch(Subject subject, List<EncodedExample> examples, BatchPlan.Slot slot, int length) {
        return Batch.of(examples, slot.examples(), Subject.ROWS, length, subject.config());
    }

    /** A task's training split in tokens; answers do not matter here and become two classes. */
    static List<EncodedExample> examples(String encoder, String task) {
        CacheFolder cache = CacheFolder.of(System.getenv());
        TaskData data = TaskCatalog.installed().load("task", task, QuickGroup.location(cache));
        List<LabelledExample> train = data.train().examples();
        List<EncodedExample> encoded = new ArrayList<>();
        try (TextTokenizer tokenizer = HuggingFaceTextTokenizer.open(new EncoderStore(cache).open(encoder))) {
            List<Tokens> tokens =
                    tokenizer.encode(train.stream().map(LabelledExample::input).toList(), PADDED);
            for (int i = 0; i < train.size(); i++) {
                encoded.add(new EncodedExample(train.get(i).id(), tokens.get(i), i % 2));
            }
        }
        return encoded;
    }
}
