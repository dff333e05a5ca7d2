package org.adapterbench.benchmarks.micro;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.adapterbench.api.method.Adapter;
import org.adapterbench.api.method.AdapterContext;
import org.adapterbench.api.method.AddedParameter;
import org.adapterbench.api.method.Settings;
import org.adapterbench.api.method.TuningMethod;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.encoder.Model;
import org.adapterbench.core.encoder.ModelLayout;
import org.adapterbench.core.plugin.MethodCatalog;
import org.adapterbench.core.weights.EncoderAssets;
import org.adapterbench.core.weights.EncoderStore;
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
import org.openjdk.jmh.annotations.Warmup;

/** Before and after training, with every method's defaults: creating the adapter, our decompositions included, and merging it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 5)
@Fork(1)
public class AdapterBenchmark {

    private static final long SEED = 6;

    /** Filled in by whoever starts the benchmark, from what is installed. */
    @Param("")
    public String method = "";

    @Param("")
    public String encoder = "";

    private @Nullable Model model;
    private @Nullable Adapter adapter;
    private final Map<String, float[]> trained = new TreeMap<>();

    @Setup
    public void open() {
        EncoderAssets assets = new EncoderStore(CacheFolder.of(System.getenv())).open(encoder);
        Model opened = new Model(new ModelLayout(assets.config(), 2), assets.weights(), SEED);
        model = opened;
        Adapter made = create();
        adapter = made;
        opened.parameters().forEach(p -> trained.put(p.name(), opened.values(p.name())));
        made.replacedValues().forEach((name, values) -> trained.put(name, values.get()));
        made.added().forEach(p -> trained.put(p.name(), p.initial()));
    }

    @Benchmark
    public Adapter create() {
        if (model == null) {
            throw new IllegalStateException("not set up");
        }
        TuningMethod chosen = MethodCatalog.installed().get("method", method);
        Adapter made = chosen.create(
                Settings.resolve(method, chosen.settings(), Map.of()), new AdapterContext(model, model, SEED));
        // What is factored is factored when its values are asked for.
        made.added().forEach(AddedParameter::initial);
        return made;
    }

    @Benchmark
    public Map<String, float[]> merge() {
        if (adapter == null) {
            throw new IllegalStateException("not set up");
        }
        return adapter.merge(name -> {
            float[] values = trained.get(name);
            if (values == null) {
                throw new IllegalArgumentException("no parameter '" + name + "'");
            }
            return values;
        });
    }
}
