package org.adapterbench.benchmarks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.core.train.Batch;
import org.adapterbench.core.train.TrainingGraph;
import org.tensorflow.proto.DeviceStepStats;
import org.tensorflow.proto.NodeExecStats;
import org.tensorflow.proto.RunMetadata;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.proto.StepStats;

/** Where the time of an evaluation, of gradients and of an update goes, by kind of operation, by TensorFlow's trace. */
final class Profile {

    private static final int USUAL_STEPS = 5;
    private static final int WARM_UP_STEPS = 2;
    private static final double MICROSECOND = 1e-6;
    /** Kinds that are printed; the file holds all. */
    private static final int SHOWN = 25;

    private static final RunOptions TRACED = RunOptions.newBuilder()
            .setTraceLevel(RunOptions.TraceLevel.SOFTWARE_TRACE)
            .build();

    private final Numerics numerics;
    private final PrintStream out;

    Profile(Numerics numerics, PrintStream out) {
        this.numerics = numerics;
        this.out = out;
    }

    /**
     * One line.
     *
     * @param pass      as {@link TrainingGraph#observed} names it
     * @param operation kind of TensorFlow's operation, after its rewriting
     * @param count     executions in one pass
     * @param seconds   in one pass, the mean of all traced; operations that run side by side count both
     */
    record Row(String pass, String operation, int count, double seconds) {
        Row and(Row other) {
            return new Row(pass, operation, count + other.count, seconds + other.seconds);
        }
    }

    void run(Options options, Results results) {
        int steps = options.number("steps", USUAL_STEPS);
        int length = options.number("length", 60);
        Subject.Choice choice = new Subject.Choice(
                options.word("encoder", "bge-small"),
                options.word("method", Shares.everythingTrains()),
                options.settings("settings", "{}"),
                options.share("dropout", 0.1));
        Map<String, List<StepStats>> traces = new LinkedHashMap<>();
        try (Subject subject = Subject.open(choice, numerics)) {
            Batch batch = subject.batch(length);
            for (int i = -WARM_UP_STEPS; i < steps; i++) {
                Map<String, RunMetadata> observed = subject.graph().observed(batch, TRACED);
                if (i >= 0) {
                    observed.forEach((pass, metadata) -> traces.computeIfAbsent(pass, name -> new ArrayList<>())
                            .add(metadata.getStepStats()));
                }
            }
        }
        List<Row> all = new ArrayList<>();
        traces.forEach((pass, each) -> {
            List<Row> rows = rows(pass, each);
            print(rows);
            all.addAll(rows);
        });
        out.println(results.write("profile", all));
    }

    private static List<Row> rows(String pass, List<StepStats> traces) {
        Map<String, Row> byOperation = new TreeMap<>();
        for (StepStats trace : traces) {
            for (DeviceStepStats device : trace.getDevStatsList()) {
                for (NodeExecStats node : device.getNodeStatsList()) {
                    double seconds = (node.getOpEndRelMicros() - node.getOpStartRelMicros()) * MICROSECOND;
                    byOperation.merge(operation(node), new Row(pass, operation(node), 1, seconds), Row::and);
                }
            }
        }
        return byOperation.values().stream()
                .map(row -> new Row(pass, row.operation(), row.count() / traces.size(), row.seconds() / traces.size()))
                .sorted(Comparator.comparingDouble(Row::seconds).reversed())
                .toList();
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
