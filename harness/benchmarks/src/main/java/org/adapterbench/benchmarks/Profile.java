package org.adapterbench.benchmarks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.core.train.Batch;
import org.tensorflow.proto.DeviceStepStats;
import org.tensorflow.proto.NodeExecStats;
import org.tensorflow.proto.StepStats;

/** Where the time of an evaluation and of a step goes, by kind of operation, from TensorFlow's own trace. */
final class Profile {

    private static final int USUAL_STEPS = 5;
    private static final int WARM_UP_STEPS = 2;
    private static final double MICROSECOND = 1e-6;
    /** Kinds that are printed; the file holds all. */
    private static final int SHOWN = 25;

    private final Numerics numerics;
    private final PrintStream out;

    Profile(Numerics numerics, PrintStream out) {
        this.numerics = numerics;
        this.out = out;
    }

    /**
     * One line.
     *
     * @param pass      evaluation or step
     * @param operation kind of TensorFlow's operation, after its rewriting
     * @param count     executions in one pass
     * @param seconds   in one pass, the mean of all traced; operations that run side by side count both
     */
    record Row(String pass, String operation, int count, double seconds) {}

    void run(Options options, Results results) {
        int steps = options.number("steps", USUAL_STEPS);
        int length = options.number("length", 60);
        Subject.Choice choice = new Subject.Choice(
                options.word("encoder", "bge-small"),
                options.word("method", Shares.everythingTrains()),
                options.settings("settings", "{}"),
                Double.parseDouble(options.word("dropout", "0.1")));
        List<List<Row>> passes = new ArrayList<>();
        try (Subject subject = Subject.open(choice, numerics)) {
            Batch batch = subject.batch(length);
            for (int i = 0; i < WARM_UP_STEPS; i++) {
                subject.graph().traced(batch);
            }
            List<List<StepStats>> traces = new ArrayList<>();
            for (int i = 0; i < steps; i++) {
                traces.add(subject.graph().traced(batch));
            }
            List<String> names = List.of("evaluation", "step");
            for (int pass = 0; pass < traces.get(0).size(); pass++) {
                int index = pass;
                passes.add(rows(
                        names.get(pass), traces.stream().map(t -> t.get(index)).toList()));
            }
        }
        passes.forEach(this::print);
        out.println(
                results.write("profile", passes.stream().flatMap(List::stream).toList()));
    }

    private static List<Row> rows(String pass, List<StepStats> traces) {
        Map<String, Row> byOperation = new TreeMap<>();
        for (StepStats trace : traces) {
            for (DeviceStepStats device : trace.getDevStatsList()) {
                for (NodeExecStats node : device.getNodeStatsList()) {
                    double seconds = node.getOpEndRelMicros() * MICROSECOND - node.getOpStartRelMicros() * MICROSECOND;
                    byOperation.merge(
                            operation(node),
                            new Row(pass, operation(node), 1, seconds),
                            (a, b) -> new Row(pass, a.operation(), a.count() + b.count(), a.seconds() + b.seconds()));
                }
            }
        }
        return byOperation.values().stream()
                .map(row -> new Row(pass, row.operation(), row.count() / traces.size(), row.seconds() / traces.size()))
                .sorted(Comparator.comparingDouble(Row::seconds).reversed())
                .collect(Collectors.toList());
    }

    /** The label reads {@code name = Operation(inputs)}. */
    private static String operation(NodeExecStats node) {
        String label = node.getTimelineLabel();
        int equals = label.indexOf(" = ");
        int bracket = label.indexOf('(', Math.max(0, equals));
        return equals < 0 || bracket < 0 ? node.getNodeName() : label.substring(equals + 3, bracket);
    }

    private void print(List<Row> rows) {
        double all = rows.stream().mapToDouble(Row::seconds).sum();
        out.println(String.format(
                Locale.ROOT, "%n%s, %.3f s of operations", rows.get(0).pass(), all));
        for (Row row : rows.subList(0, Math.min(SHOWN, rows.size()))) {
            out.println(String.format(
                    Locale.ROOT,
                    "%6.3f s  %4.1f %%  %5d x %s",
                    row.seconds(),
                    100 * row.seconds() / all,
                    row.count(),
                    row.operation()));
        }
    }
}
