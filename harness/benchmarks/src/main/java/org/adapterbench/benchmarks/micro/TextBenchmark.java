package org.adapterbench.benchmarks.micro;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.adapterbench.api.task.DataLocation;
import org.adapterbench.api.task.LabelledExample;
import org.adapterbench.api.task.TaskData;
import org.adapterbench.api.task.TextInput;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.Folders;
import org.adapterbench.core.Seeds;
import org.adapterbench.core.config.Defaults;
import org.adapterbench.core.plugin.TaskCatalog;
import org.adapterbench.core.tokenize.HuggingFaceTextTokenizer;
import org.adapterbench.core.tokenize.TextTokenizer;
import org.adapterbench.core.tokenize.Tokens;
import org.adapterbench.core.weights.EncoderStore;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** From a TSV file to tokens; times are those of one example of a made-up pair task of 20 words a text. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class TextBenchmark {

    private static final int EXAMPLES = 4000;
    private static final int WORDS = 20;
    private static final long SEED = 8;
    /** A pair task in the original layout. */
    private static final String TASK = "glue/rte";

    private static final List<String> VOCABULARY = List.of(
            "the", "river", "carries", "seven", "boats", "unbelievably", "slowly", "towards", "Lübeck", "harbour");

    /** Filled in by whoever starts the benchmark. */
    @Param("")
    public String encoder = "";

    private @Nullable Path folder;
    private @Nullable TextTokenizer tokenizer;
    private List<TextInput> inputs = List.of();

    @Setup
    public void write() throws IOException {
        Path made = Files.createTempDirectory("adapterbench-text");
        folder = made;
        RandomGenerator random = Seeds.generator(SEED);
        Path files = Files.createDirectories(made.resolve("RTE"));
        List<String> lines = new ArrayList<>(List.of("index\tsentence1\tsentence2\tlabel"));
        for (int i = 0; i < EXAMPLES; i++) {
            String label = i % 2 == 0 ? "entailment" : "not_entailment";
            lines.add(String.join("\t", Integer.toString(i), text(random), text(random), label));
        }
        for (String split : List.of("train", "dev")) {
            Files.write(files.resolve(split + ".tsv"), lines, StandardCharsets.UTF_8);
        }
        Files.write(
                files.resolve("test.tsv"), List.of("index\tsentence1\tsentence2", "0\ta\tb"), StandardCharsets.UTF_8);
        inputs = read().train().examples().stream().map(LabelledExample::input).toList();
        tokenizer = HuggingFaceTextTokenizer.open(new EncoderStore(CacheFolder.of(System.getenv())).open(encoder));
    }

    private static String text(RandomGenerator random) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < WORDS; i++) {
            words.add(VOCABULARY.get(random.nextInt(VOCABULARY.size())));
        }
        return String.join(" ", words);
    }

    /** Both splits, hashes included. */
    @Benchmark
    @OperationsPerInvocation(2 * EXAMPLES)
    public TaskData read() {
        if (folder == null) {
            throw new IllegalStateException("not set up");
        }
        return TaskCatalog.installed().load("task", TASK, new DataLocation(folder, folder.resolve("cache")));
    }

    @Benchmark
    @OperationsPerInvocation(EXAMPLES)
    public List<Tokens> tokenize() {
        if (tokenizer == null) {
            throw new IllegalStateException("not set up");
        }
        return tokenizer.encode(inputs, Defaults.TRAINING.maxLength());
    }

    @TearDown
    public void remove() throws IOException {
        if (tokenizer != null) {
            tokenizer.close();
        }
        if (folder != null) {
            Folders.remove(folder);
        }
    }
}
