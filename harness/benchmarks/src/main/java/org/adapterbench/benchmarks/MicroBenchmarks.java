package org.adapterbench.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import org.adapterbench.api.UserError;
import org.adapterbench.api.method.TuningMethod;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.plugin.MethodCatalog;
import org.adapterbench.core.weights.CatalogueEntry;
import org.adapterbench.core.weights.EncoderStore;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the JMH benchmarks over the methods that are installed and the encoders that are here. */
final class MicroBenchmarks {

    /** E5-small and cased BERT-base have the sizes of two others. */
    private static final List<String> SIZES = List.of("minilm-l6", "bge-small", "bert-base-uncased");

    static final String EVERYTHING = "org.adapterbench.benchmarks.micro";

    private final Numerics numerics;
    private final PrintStream out;

    MicroBenchmarks(Numerics numerics, PrintStream out) {
        this.numerics = numerics;
        this.out = out;
    }

    void run(Options options, Results results) throws IOException {
        String word = options.word("quick", "");
        if (!word.isEmpty() && !word.equals("1")) {
            throw new UserError("bench micro: QUICK=" + word + " (allowed: 1, or nothing)");
        }
        boolean quick = word.equals("1");
        String only = options.word("only", EVERYTHING);
        String name = name(quick, only);
        results.require(name);
        Path part = results.folder().resolve("micro.part");
        Machine machine = Machine.look();
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
            Files.move(part, results.file(name), StandardCopyOption.REPLACE_EXISTING);
        } catch (NoBenchmarksException | PatternSyntaxException e) {
            throw new UserError(
                    "bench micro: BENCH=" + only
                            + " (allowed: a regular expression that finds benchmarks, as StepBenchmark.train)",
                    e);
        } catch (RunnerException e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            Files.deleteIfExists(part);
        }
        out.println(results.file(name));
        out.println(results.write(name + "-machine", List.of(), machine));
    }

    /** A part must not overwrite the file of a whole run. */
    static String name(boolean quick, String only) {
        return quick || !only.equals(EVERYTHING) ? "micro-some" : "micro";
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
