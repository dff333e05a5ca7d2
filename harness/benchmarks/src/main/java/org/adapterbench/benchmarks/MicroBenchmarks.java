package org.adapterbench.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.adapterbench.api.UserError;
import org.adapterbench.api.method.TuningMethod;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.plugin.MethodCatalog;
import org.adapterbench.core.weights.CatalogueEntry;
import org.adapterbench.core.weights.EncoderStore;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the JMH benchmarks over the methods that are installed and the encoders that are here. */
final class MicroBenchmarks {

    /** E5-small and cased BERT-base have the sizes of two others. */
    private static final List<String> SIZES = List.of("minilm-l6", "bge-small", "bert-base-uncased");

    private final Numerics numerics;
    private final PrintStream out;

    MicroBenchmarks(Numerics numerics, PrintStream out) {
        this.numerics = numerics;
        this.out = out;
    }

    void run(Options options, Results results) throws IOException {
        Machine machine = Machine.look();
        String word = options.word("quick", "");
        if (!word.isEmpty() && !word.equals("1")) {
            throw new UserError("bench micro: QUICK=" + word + " (allowed: 1, or nothing)");
        }
        boolean quick = word.equals("1");
        String only = options.word("only", "org.adapterbench.benchmarks.micro");
        requireAny(only);
        Path part = results.folder().resolve("micro.part");
        List<String> here = encoders();
        ChainedOptionsBuilder builder = new OptionsBuilder()
                .include(only)
                .param("numerics", numerics.name())
                .param("method", methods())
                .param("encoder", quick ? new String[] {here.get(0)} : here.toArray(String[]::new))
                .shouldFailOnError(true)
                .resultFormat(ResultFormatType.JSON)
                .result(part.toString());
        if (quick) {
            builder.forks(1).warmupIterations(1).measurementIterations(3).param("length", "60");
            builder.param("side", "384", "768").param("runs", "100", "1000");
        }
        try {
            new Runner(builder.build()).run();
            Files.move(part, results.file("micro"), StandardCopyOption.REPLACE_EXISTING);
        } catch (RunnerException e) {
            throw new IOException(e.getMessage(), e);
        }
        out.println(results.file("micro"));
        out.println(results.write("micro-machine", List.of(), machine));
    }

    private static void requireAny(String only) {
        Pattern pattern;
        try {
            pattern = Pattern.compile(only);
        } catch (PatternSyntaxException e) {
            throw new UserError(
                    "bench micro: BENCH=" + only + ": " + e.getDescription()
                            + " (allowed: a regular expression that finds benchmarks)",
                    e);
        }
        SortedSet<String> all = BenchmarkList.defaultList()
                .getAll(
                        OutputFormatFactory.createFormatInstance(
                                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                                VerboseMode.SILENT),
                        List.of())
                .stream()
                .map(BenchmarkListEntry::getUsername)
                .collect(Collectors.toCollection(TreeSet::new));
        if (all.stream().noneMatch(name -> pattern.matcher(name).find())) {
            throw new UserError("bench micro: BENCH=" + only
                    + " finds none (allowed: a regular expression that finds some of "
                    + all.stream()
                            .map(name -> name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1))
                            .collect(Collectors.joining(", "))
                    + ")");
        }
    }

    private static String[] methods() {
        return MethodCatalog.installed().all().stream().map(TuningMethod::name).toArray(String[]::new);
    }

    private static List<String> encoders() {
        return new EncoderStore(CacheFolder.of(System.getenv()))
                .catalogue().stream()
                        .filter(CatalogueEntry::usable)
                        .map(CatalogueEntry::name)
                        .filter(SIZES::contains)
                        .toList();
    }
}
