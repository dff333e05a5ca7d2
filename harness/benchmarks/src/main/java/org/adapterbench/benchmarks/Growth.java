package org.adapterbench.benchmarks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.adapterbench.api.UserError;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.core.train.EncodedExample;
import org.adapterbench.core.train.FrozenPrefix;
import org.adapterbench.core.train.TrainingListener;

/** Whether training costs what its examples and epochs say: seconds an example for growing selections, epoch by epoch. */
final class Growth {

    private static final int EPOCHS = 2;
    private static final int MANY = 10_000;

    private final Numerics numerics;
    private final PrintStream out;

    Growth(Numerics numerics, PrintStream out) {
        this.numerics = numerics;
        this.out = out;
    }

    /**
     * @param milliseconds      an example, by epoch
     * @param outsideTensorFlow share of the wall time from the first step of an epoch to its last, by epoch
     */
    record Row(int examples, List<Double> milliseconds, List<Double> outsideTensorFlow) {}

    void run(Options options, Results results) {
        String encoder = options.word("encoder", "minilm-l6");
        String task = options.word("task", "wordnet/supersense");
        List<EncodedExample> all = Buckets.examples(encoder, task);
        List<Integer> sizes = options.numbers("sizes", List.of("500", "5000", "50000"));
        if (Collections.max(sizes) > all.size()) {
            throw new UserError("bench growth: sizes: " + Collections.max(sizes) + " (allowed with " + task + ": up to "
                    + all.size() + ")");
        }
        Subject.Choice choice =
                new Subject.Choice(encoder, options.word("method", Shares.everythingTrains()), Map.of(), 0.1);
        List<Row> rows = new ArrayList<>();
        out.println("examples  epoch  milliseconds an example  outside TensorFlow %");
        for (int examples : sizes) {
            rows.add(measure(choice, all.subList(0, examples), examples > MANY ? 1 : EPOCHS));
        }
        out.println(results.write("growth", rows));
    }

    private Row measure(Subject.Choice choice, List<EncodedExample> examples, int epochs) {
        try (Subject subject = Subject.open(choice, numerics, epochs, 2)) {
            // The first steps build the session's plan, which is no cost of an example.
            subject.step(subject.batch(12));
            EpochTimes times = new EpochTimes(examples.size(), subject);
            Trainings.train(subject, examples, List.of(), FrozenPrefix.computed(), times);
            return new Row(examples.size(), times.milliseconds, times.outside);
        }
    }

    private final class EpochTimes implements TrainingListener {

        private final int examples;
        private final Subject subject;
        private final List<Double> milliseconds = new ArrayList<>();
        private final List<Double> outside = new ArrayList<>();
        private long started;
        private double computed;

        EpochTimes(int examples, Subject subject) {
            this.examples = examples;
            this.subject = subject;
        }

        @Override
        public void evaluated(String stage, Outcome.Epoch epoch) {
            double nanos = System.nanoTime() - started;
            if (epoch.epoch() > 0) {
                milliseconds.add(Math.round(nanos * 1e-3 / examples) * 1e-3);
                outside.add(1 - (subject.graph().computingSeconds() - computed) / (nanos * 1e-9));
                out.println(String.format(
                        Locale.ROOT,
                        "%-9d %-6d %-24.3f %.2f",
                        examples,
                        epoch.epoch(),
                        milliseconds.get(milliseconds.size() - 1),
                        100 * outside.get(outside.size() - 1)));
            }
            started = System.nanoTime();
            computed = subject.graph().computingSeconds();
        }
    }
}
