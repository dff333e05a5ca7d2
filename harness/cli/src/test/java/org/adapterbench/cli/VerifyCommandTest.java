package org.adapterbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.adapterbench.api.Sha256;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.core.json.RunIds;
import org.adapterbench.core.store.RunStore;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code verify} and {@code reproduce} on two real runs of a tiny experiment, one of which trains. */
final class VerifyCommandTest {

    private static final String EXPERIMENT = """
            name: tiny
            encoders: [minilm-l6]
            tasks: [wordnet/accept]
            seeds: [1]
            data: {train: 64, evaluation: 32}
            warmup: 1
            training: {epochs: 1, max-length: 16}
            methods: [head-only, warm-start]
            """;

    @TempDir
    private static Path original = Path.of("");

    @TempDir
    private Path folder = Path.of("");

    private Surroundings surroundings = Surroundings.ofThisProcess();
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @BeforeAll
    static void runTheExperiment() throws IOException {
        Assumptions.assumeTrue(
                Surroundings.ofThisProcess().portable(), "SKIPPED: this processor is not x86-64 with AVX2 and FMA");
        Path file = Files.writeString(original.resolve("tiny.yaml"), EXPERIMENT);
        StringWriter lines = new StringWriter();
        PrintWriter printer = new PrintWriter(lines, true);
        int code = Main.run(
                Surroundings.ofThisProcess(), printer, printer, "run", file.toString(), "--out", original.toString());
        assertThat(code).as(lines::toString).isZero();
    }

    @BeforeEach
    void copyTheOutput() throws IOException {
        try (Stream<Path> files = Files.walk(original.resolve("tiny"))) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(original.relativize(file)));
            }
        }
        surroundings = surroundings.with(Map.of("OUT", folder.toString()));
    }

    private int run(String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        return Main.run(surroundings, new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    /** Repeated runs that fail or differ are kept for a look. */
    private String scratch() {
        return folder.resolve("scratch").toString();
    }

    private RunRecord record(String method) {
        try (RunStore store = RunStore.openForReading(folder.resolve("tiny"), line -> {})) {
            return store.records().stream()
                    .filter(record -> record.spec().method().name().equals(method))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private void replace(RunRecord record) {
        try (RunStore store = RunStore.openForWriting(folder.resolve("tiny"), line -> {})) {
            store.write(record);
        }
    }

    private Path file(RunRecord record) {
        return folder.resolve("tiny/runs").resolve(record.runId() + ".json");
    }

    /** The hash of every file below a folder. */
    private static SortedMap<String, String> content(Path folder) throws IOException {
        SortedMap<String, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(Files::isRegularFile)
                    .forEach(file -> content.put(folder.relativize(file).toString(), Sha256.ofFile(file)));
        }
        return content;
    }

    private static Outcome with(Outcome outcome, List<Float> lossCurve, Outcome.Hashes hashes) {
        return new Outcome(
                outcome.start(),
                outcome.data(),
                outcome.parameters(),
                outcome.methodFacts(),
                lossCurve,
                outcome.epochs(),
                outcome.reported(),
                hashes,
                outcome.cost(),
                outcome.files());
    }

    private static Outcome outcome(RunRecord record) {
        Outcome outcome = record.outcome();
        assertThat(outcome).isNotNull();
        return outcome;
    }

    private static RunRecord with(RunRecord record, UnaryOperator<RunSpec> change) {
        RunSpec spec = change.apply(record.spec());
        return RunRecord.finished(
                RunIds.of(spec), record.experiment(), record.variant(), spec, outcome(record), record.provenance());
    }

    private static RunSpec withEncoder(RunSpec spec, RunSpec.EncoderSpec encoder) {
        return new RunSpec(
                spec.recipeVersion(),
                encoder,
                spec.task(),
                spec.method(),
                spec.start(),
                spec.training(),
                spec.seed(),
                spec.numerics(),
                spec.threads());
    }

    @Test
    void everyRunGivesTheRecordedBitsAgainAndTheOutputStaysAsItWas() throws IOException {
        SortedMap<String, String> before = content(folder.resolve("tiny"));

        assertThat(run("verify", "tiny")).as(() -> out + "" + err).isZero();

        assertThat(out.toString())
                .contains("wordnet/accept head-only seed 1 (run ")
                .contains("2 of 2 runs gave the same bits: exit code 0")
                .doesNotContain("the repeated runs: ");
        assertThat(content(folder.resolve("tiny"))).isEqualTo(before);
    }

    @Test
    void whatDiffersIsNamedWithItsExtentAndGivesExitCode5() throws IOException {
        RunRecord record = record("head-only");
        Outcome outcome = outcome(record);
        List<Float> curve = new ArrayList<>(outcome.lossCurve());
        curve.set(1, curve.get(1) + 0.5f);
        Outcome.Hashes hashes = new Outcome.Hashes("b".repeat(64), "c".repeat(64), "d".repeat(64));
        replace(RunRecord.finished(
                record.runId(),
                record.experiment(),
                record.variant(),
                record.spec(),
                with(outcome, curve, hashes),
                record.provenance()));
        Path predictions = folder.resolve("tiny/runs").resolve(record.runId()).resolve("predictions.jsonl");
        List<String> lines = new ArrayList<>(Files.readAllLines(predictions, StandardCharsets.UTF_8));
        lines.set(0, lines.get(0).replaceFirst("\"predicted\":[0-9.]+", "\"predicted\":7.0"));
        Files.write(predictions, lines, StandardCharsets.UTF_8);
        Path scratch = folder.resolve("scratch");

        assertThat(run("verify", "--only", "method=head-only", "tiny", "--scratch", scratch.toString()))
                .as(() -> out + "" + err)
                .isEqualTo(5);

        assertThat(out.toString())
                .contains(
                        "wordnet/accept head-only seed 1 (run " + record.runId().substring(0, 12) + "): DIFFERS")
                .doesNotContain("expected to: ")
                .containsPattern("loss curve +b{16} +[0-9a-f]{16} +from step 2 on .*by at most 5\\.0e-01")
                .containsPattern("weights +c{16} +[0-9a-f]{16} +0 of 4 kept tensors moved, by at most 0\\.0e\\+00")
                .containsPattern(
                        "predictions +d{16} +[0-9a-f]{16} +1 of 32 changed, scores moved by at most 0\\.0e\\+00")
                .contains("0 of 1 run gave the same bits, 1 differs: exit code 5")
                .contains("the repeated runs: " + scratch.resolve("runs"));
        assertThat(scratch.resolve("runs").resolve(record.runId() + ".json")).isNotEmptyFile();
        assertThat(scratch.resolve("cache")).doesNotExist();
    }

    @Test
    void aRunIsFoundByTheBeginningOfItsId() {
        surroundings =
                surroundings.with(Map.of("JAVA_TOOL_OPTIONS", "-Dorg.bytedeco.javacpp.platform=no-such-machine"));

        // That it begins is enough here: its workers cannot start.
        assertThat(run("reproduce", record("warm-start").runId().substring(0, 8), "--scratch", scratch()))
                .isEqualTo(4);
        assertThat(out.toString())
                .contains("wordnet/accept warm-start seed 1, recorded in ")
                .contains("0 of 1 run gave the same bits, 1 failed: exit code 4");
    }

    @Test
    void aMachineThatCannotComputePortablySaysWhatMovedAndWhy() {
        surroundings = new Surroundings(
                surroundings.environment(),
                surroundings.root(),
                surroundings.folder(),
                surroundings.columns(),
                EnumSet.of(Numerics.FAST));

        assertThat(run("verify", "tiny", "--only", "method=head-only", "--trust-warmups", "--scratch", scratch()))
                .as(() -> out + "" + err)
                .isEqualTo(5);
        assertThat(out.toString())
                .contains("numerics: fast instead of portable, ")
                .contains("  expected to: recorded with numerics portable, executed with fast")
                .containsPattern("loss curve .*from step [12] on")
                .contains("0 of 1 run gave the same bits, 1 differs (1 as is to be expected here): exit code 5");
    }

    @Test
    void weightsThatAreNotHereAreNamedWithTheirHash() {
        String here = record("head-only").spec().encoder().weightsSha256();
        RunRecord other = with(
                record("head-only"),
                spec -> withEncoder(
                        spec,
                        new RunSpec.EncoderSpec(
                                "some-model",
                                spec.encoder().configSha256(),
                                "f".repeat(64),
                                spec.encoder().tokenizerSha256())));
        replace(other);

        assertThat(run("reproduce", file(other).toString())).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString())
                .contains("encoder 'some-model' with weights of SHA-256 " + "f".repeat(64))
                .contains("is not here")
                .contains("--encoder with a folder");

        assertThat(run("reproduce", file(other).toString(), "--encoder", "minilm-l6"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("minilm-l6 has " + here);
    }

    @Test
    void aRecordAloneIsEnoughWhateverItsFileAndItsEncoderAreCalled() throws IOException {
        RunRecord renamed = with(
                record("head-only"),
                spec -> withEncoder(
                        spec,
                        new RunSpec.EncoderSpec(
                                "some-model",
                                spec.encoder().configSha256(),
                                spec.encoder().weightsSha256(),
                                spec.encoder().tokenizerSha256())));
        replace(renamed);
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path alone = Files.copy(file(renamed), elsewhere.resolve("a-record.json"));

        assertThat(run("reproduce", alone.toString())).as(() -> out + "" + err).isZero();
        assertThat(out.toString()).contains("1 of 1 run gave the same bits: exit code 0");
    }

    @Test
    void dataWithOtherContentAreNamedWithTheHashThatIsWanted() {
        RunRecord other = with(record("head-only"), spec -> {
            RunSpec.SplitSpec train = spec.task().train();
            RunSpec.SplitSpec changed = new RunSpec.SplitSpec(
                    train.split(),
                    "f".repeat(64),
                    train.rule(),
                    train.subsetSeed(),
                    train.examples(),
                    train.idsSha256());
            return new RunSpec(
                    spec.recipeVersion(),
                    spec.encoder(),
                    new RunSpec.TaskSpec(
                            spec.task().name(), changed, spec.task().evaluation()),
                    spec.method(),
                    spec.start(),
                    spec.training(),
                    spec.seed(),
                    spec.numerics(),
                    spec.threads());
        });
        replace(other);

        assertThat(run("reproduce", file(other).toString())).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString())
                .contains("data of wordnet/accept train: ")
                .contains("the run asks for " + "f".repeat(64));
    }

    @Test
    void aRecordWhoseSpecWasChangedIsRefused() {
        RunRecord record = record("head-only");
        RunRecord other = record("warm-start");
        replace(RunRecord.finished(
                record.runId(),
                record.experiment(),
                record.variant(),
                other.spec(),
                outcome(record),
                record.provenance()));

        assertThat(run("reproduce", file(record).toString())).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains("its spec has the id " + other.runId());
    }

    @Test
    void aTornFileIsNamedBeforeAnythingIsComputed() throws IOException {
        RunRecord record = record("head-only");
        Path predictions = folder.resolve("tiny/runs").resolve(record.runId()).resolve("predictions.jsonl");
        Files.writeString(predictions, "{\"split\": \"de");

        assertThat(run("reproduce", file(record).toString())).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains(predictions.getFileName().toString());
        assertThat(out.toString().lines()).as("nothing was executed").hasSize(1);
    }

    @Test
    void whatCannotBeRepeatedIsNamedInOneLine() {
        record Case(List<String> arguments, String expected) {}
        for (Case each : List.of(
                new Case(List.of("verify", "nothing"), "holds no runs"),
                new Case(List.of("verify", "tiny", "--only", "seed=7"), "no finished run for --only seed=7"),
                new Case(List.of("verify", "tiny", "--only", "sead=7"), "did you mean 'seed'?"),
                new Case(
                        List.of("verify", "tiny", "--workers", "0"),
                        "--workers: '0' (allowed: a whole number from 1 to 256)"),
                new Case(List.of("verify", "tiny", "--scratch", folder.toString()), "is not empty"),
                new Case(List.of("reproduce", "nothing.json"), "neither a file nor a run id"),
                new Case(List.of("reproduce", "000000000000"), "no run below"))) {
            assertThat(run(each.arguments().toArray(String[]::new)))
                    .as(each.arguments().toString())
                    .isEqualTo(2);
            assertThat(err.toString().lines()).hasSize(1);
            assertThat(err.toString()).contains(each.expected());
        }
    }
}
