package org.adapterbench.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.api.record.RunSpec.DropoutLayers;
import org.adapterbench.core.json.Json;
import org.adapterbench.core.tokenize.Tokens;
import org.adapterbench.core.train.ActivationStore;
import org.adapterbench.core.train.Batch;
import org.adapterbench.core.train.EncodedExample;
import org.adapterbench.core.train.FrozenPrefix;
import org.adapterbench.core.train.TrainingListener;
import org.jspecify.annotations.Nullable;

/**
 * Our half of a comparison with another stack: one request a line in JSON, one answer a line, so that the other half
 * can be asked in turn and whatever disturbs the machine hits both.
 *
 * <p>Actions: {@code open} (a model, with its examples), {@code step} and {@code forward} (of the first batch),
 * {@code epoch} (the next one, through the trainer), {@code rate} (matrix multiplication), {@code close};
 * {@code describe} (writes an experiment's work on a task with a seed, for the other half) and {@code runs} (does it).
 */
final class PeerSide {

    private final Numerics numerics;
    private final BufferedReader in;
    private final PrintStream out;
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    PeerSide(Numerics numerics, InputStream in, PrintStream out) {
        this.numerics = numerics;
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.out = out;
    }

    /**
     * One line of input.
     *
     * @param open  present with that action only
     * @param place of the actions {@code describe} and {@code runs}
     * @param file  that {@code describe} writes
     */
    record Request(
            String action,
            @Nullable Open open,
            QuickGroup.@Nullable Place place,
            @Nullable Path file) {}

    /**
     * What to open.
     *
     * @param dropoutLayers which layers have dropout
     * @param examples token ids, special tokens included
     * @param epochs   that must all be asked for once the first is
     */
    record Open(
            String encoder,
            String method,
            Map<String, Object> settings,
            double dropout,
            DropoutLayers dropoutLayers,
            int epochs,
            List<List<Integer>> examples) {}

    /**
     * One line of output.
     *
     * @param seconds    wall time of what was asked for
     * @param cpuSeconds processor time of all threads meanwhile
     */
    record Answer(double seconds, double cpuSeconds) {}

    /** Answers until the input ends. */
    void serve() throws IOException {
        for (Request request = next(); request != null; request = next()) {
            Open open = request.open();
            QuickGroup.Place place = request.place();
            if (request.action().equals("rate")) {
                answer(Machine::bestGigaflops);
            } else if (place != null) {
                serve(QuickGroup.open(place, numerics), request);
            } else if (request.action().equals("open") && open != null) {
                serve(open);
            } else {
                throw new IOException("no model is open for " + request.action());
            }
        }
    }

    private void serve(Open open) throws IOException {
        Subject.Choice choice = new Subject.Choice(
                open.encoder(), open.method(), open.settings(), open.dropout(), open.dropoutLayers());
        List<EncodedExample> examples = encode(open.examples());
        try (Subject subject = Subject.open(choice, numerics, open.epochs(), 2)) {
            open.examples().forEach(tokens -> subject.require(tokens.size()));
            Batch batch = firstBatch(subject, examples);
            answer(() -> 0);
            for (Request request = next(); request != null; request = next()) {
                switch (request.action()) {
                    case "step" -> answer(() -> subject.step(batch));
                    case "forward" -> answer(() -> subject.evaluate(batch));
                    case "epoch" -> new Epochs(open.epochs()).train(subject, examples);
                    case "close" -> {
                        answer(() -> 0);
                        return;
                    }
                    default -> throw new IOException("unknown action " + request.action());
                }
            }
        }
    }

    private void serve(QuickGroup group, Request request) throws IOException {
        Path file = request.file();
        if (request.action().equals("describe") && file != null) {
            group.describe(file);
            answer(() -> 0);
        } else if (request.action().equals("runs")) {
            long started = System.nanoTime();
            long cpuStarted = cpu();
            group.execute();
            send(new Answer((System.nanoTime() - started) * 1e-9, (cpu() - cpuStarted) * 1e-9));
        } else {
            throw new IOException("unknown action " + request.action());
        }
    }

    /** Holds the trainer before every epoch after the first until another request comes, while the other half works. */
    private final class Epochs implements TrainingListener {

        private final int last;
        private long started;
        private long cpuStarted;

        Epochs(int last) {
            this.last = last;
        }

        void train(Subject subject, List<EncodedExample> examples) {
            try (ActivationStore store = Trainings.room()) {
                Trainings.train(subject, examples, List.of(), new FrozenPrefix(store, "start"), this);
            }
        }

        @Override
        public void evaluated(String stage, Outcome.Epoch epoch) {
            if (epoch.epoch() > 0) {
                send(new Answer((System.nanoTime() - started) * 1e-9, (cpu() - cpuStarted) * 1e-9));
                if (epoch.epoch() < last) {
                    requireEpoch();
                }
            }
            started = System.nanoTime();
            cpuStarted = cpu();
        }

        private void requireEpoch() {
            try {
                Request request = next();
                if (request == null || !request.action().equals("epoch")) {
                    throw new IOException("expected a request for another epoch, of " + last + " in all");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private @Nullable Request next() throws IOException {
        String line = in.readLine();
        return line == null ? null : Json.read(line, Request.class);
    }

    private void answer(DoubleSupplier action) {
        long before = cpu();
        double value = action.getAsDouble();
        send(new Answer(value, (cpu() - before) * 1e-9));
    }

    private void send(Answer answer) {
        out.println(Json.line(answer));
        out.flush();
    }

    private long cpu() {
        return system.getProcessCpuTime();
    }

    private static List<EncodedExample> encode(List<List<Integer>> ids) {
        List<EncodedExample> examples = new ArrayList<>();
        for (List<Integer> one : ids) {
            int[] tokens = one.stream().mapToInt(Integer::intValue).toArray();
            examples.add(new EncodedExample(
                    "example " + examples.size(), new Tokens(tokens, new int[tokens.length]), examples.size() % 2));
        }
        return examples;
    }

    private static Batch firstBatch(Subject subject, List<EncodedExample> examples) {
        int count = Math.min(Subject.ROWS, examples.size());
        int length = examples.subList(0, count).stream()
                .mapToInt(example -> example.tokens().length())
                .max()
                .orElseThrow();
        return Batch.of(examples, IntStream.range(0, count).toArray(), Subject.ROWS, length, subject.config());
    }
}
