package org.adapterbench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.json.Json;
import org.adapterbench.core.run.NumericsCheck;
import org.adapterbench.core.store.RunStore;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same spec on the same machine gives the same bits, however its run is executed; another seed gives others. */
final class SameBitsTest {

    private static final String EXPERIMENT = """
            name: same
            encoders: [minilm-l6]
            tasks: [wordnet/accept]
            seeds: [1, 2]
            data: {train: 64, evaluation: 16}
            warmup: {epochs: 1, max-length: 16}
            training: {epochs: 1, max-length: 16}
            methods:
              - {method: lora, settings: {dropout: 0.1, layers: last-1}}
              - method: head-only
            """;

    private static final String OTHER_ORDER = EXPERIMENT
            .replace("seeds: [1, 2]", "seeds: [2, 1]")
            .replaceFirst("(?s)methods:\\n( *- \\{.*?\\}\\n)( *- .*\\n)", "methods:\n$2$1");

    @TempDir
    private Path folder = Path.of("");

    /** Start and hashes by run id. */
    private record Bits(String method, long seed, String start, Outcome.Hashes hashes) {}

    /** With {@code fast} operations of a step run side by side, and two workers disturb each other's order of them. */
    @ParameterizedTest
    @ValueSource(strings = {"portable", "fast", "fast-bf16"})
    void orderReuseOfWorkersParallelRunsAndWarmCachesChangeNoBit(String numerics) throws IOException {
        requireProcessor(numerics);
        String set = "numerics=" + numerics;
        CacheFolder cold = cache("cold");
        // One worker after the other, each run served by the worker of the one before, warm-ups computed.
        SortedMap<String, Bits> once = run("once", EXPERIMENT, cold, List.of("--workers", "1", "--set", set));
        assertThat(once).hasSize(4);

        assertThat(OTHER_ORDER).isNotEqualTo(EXPERIMENT);
        assertThat(run("parallel", OTHER_ORDER, cache("other"), List.of("--workers", "2", "--set", set)))
                .as("two workers at a time, in the opposite order, warm-ups computed")
                .isEqualTo(once);

        SortedMap<String, Bits> alone = new TreeMap<>();
        for (String method : List.of("head-only", "lora")) {
            String only = "method=" + method + ",seed=2";
            alone.putAll(run(method, EXPERIMENT, cold, List.of("--only", only, "--set", set)));
        }
        assertThat(alone).hasSize(2);
        assertThat(once)
                .as("each run in a process of its own, its warm-up from the cache")
                .containsAllEntriesOf(alone);

        anotherSeedGivesOtherBits(once);
    }

    /** The graph of {@code fast} is rewritten by TensorFlow, and only its own worker has the environment for it. */
    @ParameterizedTest
    @ValueSource(strings = {"portable", "fast", "fast-bf16"})
    void storedActivationsGiveTheBitsOfComputedOnes(String numerics) throws IOException {
        requireProcessor(numerics);
        CacheFolder cache = cache("cache");
        List<String> options = List.of(
                "--set", "numerics=" + numerics, "--set", "seeds=1", "--set", "training.dropout-layers=adapted");
        List<String> without = new ArrayList<>(options);
        without.addAll(List.of("--set", "activation-megabytes=0"));

        SortedMap<String, Bits> stored = run("stored", EXPERIMENT, cache, options);
        assertThat(stored).hasSize(2);
        assertThat(run("computed", EXPERIMENT, cache, without)).isEqualTo(stored);
    }

    /** Each in the environment of its own workers, whose kernels no other test of fast graphs has. */
    @ParameterizedTest
    @CsvSource({
        // Another order of sums in single precision, over four steps; under dropout the two draw other masks.
        "portable, fast, 0, 0.001",
        // A bfloat16 has 8 bits of mantissa: a relative error of 2^-9 a value, averaged over many.
        "fast, fast-bf16, 0.1, 0.02"
    })
    void otherNumericsChangeTheBitsButHardlyTheLosses(String one, String another, String dropout, float most)
            throws IOException {
        requireProcessor(another);
        CacheFolder cache = cache("cache");

        Map<String, Outcome> exact = outcomes(one, dropout, cache);
        Map<String, Outcome> rounded = outcomes(another, dropout, cache);

        assertThat(rounded).hasSize(3).containsOnlyKeys(exact.keySet());
        rounded.forEach((method, outcome) -> {
            Outcome other = exact.get(method);
            assertThat(outcome.hashes()).as(method).isNotEqualTo(other.hashes());
            assertThat(outcome.lossCurve()).as(method).hasSameSizeAs(other.lossCurve());
            for (int step = 0; step < other.lossCurve().size(); step++) {
                assertThat(outcome.lossCurve().get(step))
                        .as("%s, step %d", method, step + 1)
                        .isCloseTo(other.lossCurve().get(step), within(most));
            }
        });
    }

    private Map<String, Outcome> outcomes(String numerics, String dropout, CacheFolder cache) throws IOException {
        Map<String, Outcome> outcomes = new TreeMap<>();
        String experiment = EXPERIMENT + "  - {method: full, learning-rate: 1e-4}\n";
        List<String> options =
                List.of("--set", "numerics=" + numerics, "--set", "seeds=1", "--set", "training.dropout=" + dropout);
        for (RunRecord record : records(numerics, experiment, cache, options)) {
            outcomes.put(record.spec().method().name(), record.outcome());
        }
        return outcomes;
    }

    private static void requireProcessor(String numerics) {
        Assumptions.assumeTrue(
                NumericsCheck.allowed().stream()
                        .anyMatch(allowed -> Json.word(allowed).equals(numerics)),
                "SKIPPED: this processor has no " + numerics + " numerics");
    }

    private static void anotherSeedGivesOtherBits(SortedMap<String, Bits> bits) {
        List<Bits> lora =
                bits.values().stream().filter(b -> b.method().equals("lora")).toList();
        List<Bits> head = bits.values().stream()
                .filter(b -> b.method().equals("head-only"))
                .toList();
        for (List<Bits> pair : List.of(lora, head)) {
            assertThat(pair).hasSize(2);
            assertThat(pair).extracting(Bits::start).doesNotHaveDuplicates();
            assertThat(pair).extracting(b -> b.hashes().lossCurve()).doesNotHaveDuplicates();
            assertThat(pair).extracting(b -> b.hashes().weights()).doesNotHaveDuplicates();
            assertThat(pair).extracting(b -> b.hashes().predictions()).doesNotHaveDuplicates();
        }
        assertThat(bits.values())
                .extracting(Bits::start)
                .as("methods of a seed share their start")
                .satisfies(starts -> assertThat(starts.stream().distinct()).hasSize(2));
    }

    /** The user's libraries, encoders and data, but no warm-ups. */
    private CacheFolder cache(String name) throws IOException {
        CacheFolder users = Surroundings.ofThisProcess().cache();
        CacheFolder cache =
                Scratch.open(Files.createDirectory(folder.resolve(name)), users).cacheWithoutWarmups();
        Files.createDirectories(users.natives());
        Files.createSymbolicLink(cache.natives(), users.natives());
        Path tokenizers = Files.createDirectories(users.root().resolve("djl"));
        Files.createSymbolicLink(cache.root().resolve("djl"), tokenizers);
        return cache;
    }

    private SortedMap<String, Bits> run(String name, String experiment, CacheFolder cache, List<String> options)
            throws IOException {
        SortedMap<String, Bits> bits = new TreeMap<>();
        for (RunRecord record : records(name, experiment, cache, options)) {
            Outcome outcome = record.outcome();
            assertThat(outcome).isNotNull();
            bits.put(
                    record.runId(),
                    new Bits(
                            record.spec().method().name(),
                            record.spec().seed(),
                            outcome.start().sha256(),
                            outcome.hashes()));
        }
        return bits;
    }

    private List<RunRecord> records(String name, String experiment, CacheFolder cache, List<String> options)
            throws IOException {
        Path file = Files.writeString(folder.resolve(name + ".yaml"), experiment);
        Path out = folder.resolve("out-" + name);
        List<String> arguments = new ArrayList<>(List.of("run", file.toString(), "--out", out.toString()));
        arguments.addAll(options);
        StringWriter lines = new StringWriter();
        PrintWriter printer = new PrintWriter(lines, true);
        Surroundings surroundings = Surroundings.ofThisProcess()
                .with(Map.of("ADAPTERBENCH_CACHE", cache.root().toString()));
        assertThat(Main.run(surroundings, printer, printer, arguments.toArray(String[]::new)))
                .as(lines::toString)
                .isZero();
        try (RunStore store = RunStore.openForReading(out.resolve("same"), line -> {})) {
            return store.records();
        }
    }
}
