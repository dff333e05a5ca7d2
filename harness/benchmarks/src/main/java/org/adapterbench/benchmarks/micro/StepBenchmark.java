package org.adapterbench.benchmarks.micro;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.benchmarks.Subject;
import org.adapterbench.core.train.Batch;
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

/** One step of every method on every size of encoder: 32 texts, dropout .1, in training and in evaluation. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 10)
@Fork(1)
public class StepBenchmark {

    private static final double DROPOUT = 0.1;

    /** Filled in by whoever starts the benchmark, from what is installed. */
    @Param("")
    public String method = "";

    @Param("")
    public String encoder = "";

    /** Those whose environment this process was started with. */
    @Param("PORTABLE")
    public Numerics numerics = Numerics.PORTABLE;

    /** Both obey the portable rule: multiples of 12. */
    @Param({"24", "60"})
    public int length;

    private @Nullable Subject subject;
    private @Nullable Batch batch;

    @Setup
    public void open() {
        subject = Subject.open(new Subject.Choice(encoder, method, Map.of(), DROPOUT), numerics);
        batch = subject.batch(length);
    }

    /** A method without steps does nothing here. */
    @Benchmark
    public double train() {
        return opened().trains() ? opened().step(fed()) : 0;
    }

    @Benchmark
    public double evaluate() {
        return opened().evaluate(fed());
    }

    @TearDown
    public void close() {
        opened().close();
    }

    private Subject opened() {
        if (subject == null) {
            throw new IllegalStateException("not set up");
        }
        return subject;
    }

    private Batch fed() {
        if (batch == null) {
            throw new IllegalStateException("not set up");
        }
        return batch;
    }
}
