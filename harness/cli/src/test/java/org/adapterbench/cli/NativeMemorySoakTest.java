package org.adapterbench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.grid.PlannedRun;
import org.adapterbench.core.launch.GridCounts;
import org.adapterbench.core.launch.GridListener;
import org.adapterbench.core.launch.GridRunner;
import org.adapterbench.core.launch.LocalLauncher;
import org.adapterbench.core.launch.LocalLauncherSettings;
import org.adapterbench.core.run.RunListener;
import org.adapterbench.core.store.RunStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The resident size of one worker over many steps and over many runs, as Linux counts it. The worker's Java heap is
 * of one size from its start, so that what grows is native memory. Part of {@code make soak}.
 */
@Tag("soak")
final class NativeMemorySoakTest {

    /** Growth over the observed part, of the median size, that is still called flat: what two samples differ by. */
    private static final double FLAT = 0.02;

    /** Caches and pools fill up in the first part, which is not looked at. */
    private static final double FILLING = 0.25;

    private static final String HEAP = "768m";
    private static final Path PROCESSES = Path.of("/proc");

    @TempDir
    private Path folder = Path.of("");

    private final List<Sample> samples = new ArrayList<>();
    private long worker;

    private record Sample(double position, double megabytes) {}

    @BeforeEach
    void requireProcesses() {
        assumeTrue(Files.exists(PROCESSES.resolve("self/status")), "SKIPPED: no /proc/self/status (needs Linux)");
    }

    @Test
    void aThousandStepsLeaveTheSizeAsItIs() throws IOException {
        String experiment = """
                name: steps
                encoders: [minilm-l6]
                tasks: [wordnet/accept]
                seeds: [1]
                data: {train: 512, evaluation: 32}
                start: pretrained
                training: {epochs: 16, batch-size: 8, max-length: 12}
                methods: [{method: full}]
                """;
        GridCounts counts = run(experiment, new GridListener() {
            @Override
            public RunListener started(PlannedRun run) {
                return new RunListener() {
                    @Override
                    public void step(String stage, int step, int steps, float loss) {
                        if (step % 10 == 0) {
                            sample(step);
                        }
                    }
                };
            }
        });

        assertThat(counts.finished()).isEqualTo(1);
        assertThat(samples.get(samples.size() - 1).position()).isGreaterThanOrEqualTo(1000);
        requireFlat("step");
    }

    @Test
    void fiftyRunsInOneWorkerLeaveTheSizeAsItIs() throws IOException {
        String experiment = """
                name: runs
                encoders: [minilm-l6]
                tasks: [wordnet/accept]
                seeds: [%s]
                data: {train: 64, evaluation: 32}
                start: pretrained
                training: {epochs: 1, max-length: 12}
                methods: [{method: full}, {method: lora}]
                """.formatted(
                        IntStream.rangeClosed(1, 25).mapToObj(Integer::toString).collect(Collectors.joining(", ")));
        GridCounts counts = run(experiment, new GridListener() {
            @Override
            public void ended(PlannedRun run, RunRecord record) {
                sample(samples.size() + 1);
            }
        });

        assertThat(counts.finished()).isEqualTo(50);
        assertThat(samples).hasSize(50);
        requireFlat("run");
    }

    private GridCounts run(String text, GridListener listener) throws IOException {
        Path file = Files.writeString(folder.resolve("experiment.yaml"), text);
        CacheFolder cache = BorrowedCache.in(folder.resolve("cache"));
        ExpandedExperiment expanded = ExpandedExperiment.of(file, cache);
        Map<String, String> environment = new TreeMap<>(System.getenv());
        // Of the variables for Java's options the one that has the last word, over the worker's own small start.
        environment.put("_JAVA_OPTIONS", "-Xms" + HEAP + " -XX:+AlwaysPreTouch");
        LocalLauncherSettings settings = new LocalLauncherSettings(
                cache,
                environment,
                HEAP,
                Duration.ofMinutes(5),
                Duration.ofHours(1),
                Duration.ofMinutes(1),
                "org.adapterbench.core.run.LocalRunExecutor");
        try (RunStore store = RunStore.openForWriting(folder.resolve("out"), line -> {});
                LocalLauncher launcher = new LocalLauncher(settings)) {
            return new GridRunner(expanded.settings(), store, launcher, listener).run(expanded.runs());
        }
    }

    private void sample(int position) {
        long pid = ProcessHandle.current()
                .children()
                .map(ProcessHandle::pid)
                .reduce((one, other) -> {
                    throw new IllegalStateException("more than one worker");
                })
                .orElseThrow();
        assertThat(worker == 0 || worker == pid).as("one and the same worker").isTrue();
        worker = pid;
        samples.add(new Sample(position, residentMegabytes(pid)));
    }

    private static double residentMegabytes(long pid) {
        try {
            return Files.readAllLines(PROCESSES.resolve(pid + "/status"), StandardCharsets.US_ASCII).stream()
                            .filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                            .sum()
                    / 1024.0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void requireFlat(String unit) {
        List<Sample> observed = samples.subList((int) (FILLING * samples.size()), samples.size());
        Sample first = observed.get(0);
        Sample last = observed.get(observed.size() - 1);
        double slope = slope(observed);
        double median = median(observed.stream().map(Sample::megabytes).toList());
        double growth = slope * (last.position() - first.position());
        boolean flat = growth <= FLAT * median;
        System.out.printf(
                Locale.ROOT,
                "SOAK memory: %s %.0f to %.0f: resident %.0f MB at first, %.0f MB at last, median %.0f MB,"
                        + " slope %.4f MB a %s, growth %.1f MB (%.2f %%): %s%n",
                unit,
                first.position(),
                last.position(),
                first.megabytes(),
                last.megabytes(),
                median,
                slope,
                unit,
                growth,
                100 * growth / median,
                flat ? "flat" : "GROWS");
        System.out.println("SOAK memory: "
                + samples.stream()
                        .map(sample -> String.format(Locale.ROOT, "%.0f:%.0f", sample.position(), sample.megabytes()))
                        .collect(Collectors.joining(" ")));
        assertThat(flat).as("resident size is flat").isTrue();
    }

    /** The median of the slopes between all pairs (Theil and Sen), which a few outliers do not move. */
    private static double slope(List<Sample> of) {
        List<Double> slopes = new ArrayList<>();
        for (int i = 0; i < of.size(); i++) {
            for (int j = i + 1; j < of.size(); j++) {
                slopes.add((of.get(j).megabytes() - of.get(i).megabytes())
                        / (of.get(j).position() - of.get(i).position()));
            }
        }
        return median(slopes);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
