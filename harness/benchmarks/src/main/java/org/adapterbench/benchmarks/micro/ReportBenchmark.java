package org.adapterbench.benchmarks.micro;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.benchmarks.InventedRun;
import org.adapterbench.core.Folders;
import org.adapterbench.reports.Report;
import org.adapterbench.reports.ReportInput;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The report of many invented runs, all formats; records are in memory already. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
@Fork(1)
public class ReportBenchmark {

    private static final int SEEDS = 5;

    @Param({"100", "1000", "10000"})
    public int runs;

    private List<RunRecord> records = List.of();
    private @Nullable Path folder;

    @Setup
    public void invent() throws IOException {
        List<RunRecord> invented = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            invented.add(InventedRun.record("variant " + i / SEEDS, 1 + i % SEEDS));
        }
        records = invented;
        folder = Files.createTempDirectory("adapterbench-report");
    }

    @Benchmark
    public Path write() {
        if (folder == null) {
            throw new IllegalStateException("not set up");
        }
        return Report.write(ReportInput.of("invented", records, "0"), folder);
    }

    @TearDown
    public void remove() throws IOException {
        if (folder != null) {
            Folders.remove(folder);
        }
    }
}
