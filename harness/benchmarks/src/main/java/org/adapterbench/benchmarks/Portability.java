package org.adapterbench.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.RunSpec.DropoutLayers;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.Seeds;
import org.adapterbench.core.json.Json;
import org.adapterbench.core.launch.WorkerProfile;
import org.adapterbench.core.run.NumericsCheck;

/**
 * What portable numerics cost: the same step of the same batch by portable numerics, by the graph of fast ones in
 * portable's environment, without the limit to AVX2, and by the others. Each kind has a process of its own, steps are taken in turn, and each is divided by portable's step of the
 * same round.
 */
final class Portability {

    private static final String PORTABLE = "portable";
    private static final int WARM_UP = 2;
    private static final double DROPOUT = 0.1;
    private static final long SEED = 5;
    private static final int FIRST_WORD = 2000;
    private static final int WORDS = 20_000;

    private final PrintStream out;

    Portability(PrintStream out) {
        this.out = out;
    }

    /** Times over portable's, but for the row that names two kinds: above 1 is slower. */
    record Row(String kind, Interval seconds, Interval ratio, Interval processorRatio) {}

    /** {@code encoder=bge-small length=60 pairs=10}. */
    void run(Options options, Results results) throws IOException {
        int pairs = options.number("pairs", 10);
        PeerSide.Open open = new PeerSide.Open(
                options.word("encoder", "bge-small"),
                Shares.everythingTrains(),
                Map.of(),
                DROPOUT,
                DropoutLayers.ALL,
                1,
                texts(options.number("length", 60)));
        Map<String, MeasuringProcess> kinds = new LinkedHashMap<>();
        try {
            start(kinds);
            for (MeasuringProcess kind : kinds.values()) {
                kind.ask("open", open);
            }
            Map<String, List<PeerSide.Answer>> steps = measure(kinds, pairs);
            List<Row> rows = new ArrayList<>();
            steps.forEach((kind, taken) -> rows.add(row(kind, taken, steps.getOrDefault(PORTABLE, taken))));
            rows.forEach(this::print);
            List<PeerSide.Answer> rounded = steps.get(Json.word(Numerics.FAST_BF16));
            if (rounded != null) {
                Row gain = row("fast over fast-bf16", steps.get(Json.word(Numerics.FAST)), rounded);
                rows.add(gain);
                out.println(gain.kind() + " " + gain.ratio().text("%.2f"));
            }
            out.println(results.write("portability", rows));
        } finally {
            kinds.values().forEach(MeasuringProcess::close);
        }
    }

    private static void start(Map<String, MeasuringProcess> kinds) throws IOException {
        Map<String, String> portable = environment(Numerics.PORTABLE);
        kinds.put(PORTABLE, MeasuringProcess.answering(PORTABLE, portable));
        kinds.put("the graph of fast", MeasuringProcess.answering("fast", portable));
        Map<String, String> unlimited = new TreeMap<>(portable);
        unlimited.remove("ONEDNN_MAX_CPU_ISA");
        kinds.put("without the limit to AVX2", MeasuringProcess.answering(PORTABLE, unlimited));
        for (Numerics other : NumericsCheck.allowed()) {
            if (other != Numerics.PORTABLE) {
                String word = Json.word(other);
                kinds.put(word, MeasuringProcess.answering(word, environment(other)));
            }
        }
    }

    private static Map<String, String> environment(Numerics numerics) {
        return new WorkerProfile(numerics, Subject.THREADS)
                .environment(System.getenv(), CacheFolder.of(System.getenv()));
    }

    private static Map<String, List<PeerSide.Answer>> measure(Map<String, MeasuringProcess> kinds, int pairs)
            throws IOException {
        Map<String, List<PeerSide.Answer>> steps = new LinkedHashMap<>();
        kinds.keySet().forEach(kind -> steps.put(kind, new ArrayList<>()));
        for (int round = -WARM_UP; round < pairs; round++) {
            for (Map.Entry<String, List<PeerSide.Answer>> entry : steps.entrySet()) {
                PeerSide.Answer step = kinds.get(entry.getKey()).ask("step", null);
                if (round >= 0) {
                    entry.getValue().add(step);
                }
            }
        }
        return steps;
    }

    private static Row row(String kind, List<PeerSide.Answer> taken, List<PeerSide.Answer> under) {
        int count = taken.size();
        return new Row(
                kind,
                Interval.of(taken.stream().mapToDouble(PeerSide.Answer::seconds).toArray()),
                Interval.of(IntStream.range(0, count)
                        .mapToDouble(i -> taken.get(i).seconds() / under.get(i).seconds())
                        .toArray()),
                Interval.of(IntStream.range(0, count)
                        .mapToDouble(
                                i -> taken.get(i).cpuSeconds() / under.get(i).cpuSeconds())
                        .toArray()));
    }

    private void print(Row row) {
        out.println(String.format(
                Locale.ROOT,
                "%-26s %6.2f s a step; over portable %s, processor time %s",
                row.kind(),
                row.seconds().median(),
                row.ratio().text("%.2f"),
                row.processorRatio().text("%.2f")));
    }

    private static List<List<Integer>> texts(int length) {
        RandomGenerator random = Seeds.generator(SEED);
        return IntStream.range(0, Subject.ROWS)
                .mapToObj(row -> random.ints(length, FIRST_WORD, FIRST_WORD + WORDS)
                        .boxed()
                        .toList())
                .toList();
    }
}
