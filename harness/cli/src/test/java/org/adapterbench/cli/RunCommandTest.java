package org.adapterbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.store.RunStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands around a grid, with real weights, real text, and workers that are processes. */
final class RunCommandTest {

    private static final String EXPERIMENT = """
            name: tiny
            title: A tiny experiment
            encoders: [minilm-l6]
            tasks: [wordnet/accept]
            seeds: [1]
            data: {train: 64, evaluation: 32}
            start: pretrained
            training: {epochs: 1, max-length: 16}
            methods:
              - method: head-only
              - method: warm-start
            """;

    @TempDir
    private Path folder = Path.of("");

    private Path file = Path.of("");
    private Surroundings surroundings = Surroundings.ofThisProcess();
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @BeforeEach
    void writeTheExperiment() throws IOException {
        file = folder.resolve("my-file.yaml");
        Files.writeString(file, EXPERIMENT);
        surroundings = surroundings.with(Map.of("OUT", folder.resolve("results").toString()));
    }

    private int run(String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        return Main.run(surroundings, new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    private List<String> lines() {
        return out.toString().lines().toList();
    }

    private String lastLine() {
        return lines().get(lines().size() - 1);
    }

    @Test
    void aRunLeavesARecordAndAReportAndIsSkippedTheSecondTime() {
        Path page = folder.resolve("results/tiny/report/index.html");

        assertThat(run("run", file.toString(), "--only", "method=head-only")).isZero();
        assertThat(lastLine()).isEqualTo(page.toString());
        assertThat(out.toString())
                .contains("1 run finished, 0 were finished before, 0 failed: exit code 0")
                .contains("(majority)")
                .contains("(bag-of-words)")
                .containsPattern("head-only +-?[0-9]\\.[0-9]{3} \\(1\\)");
        assertThat(page)
                .content()
                .contains("head-only")
                .contains("<h1>A tiny experiment <span class=\"name\">tiny</span></h1>");

        assertThat(run("run", file.toString(), "--only", "method=head-only")).isZero();
        assertThat(out.toString()).contains("0 runs finished, 1 were finished before, 0 failed: exit code 0");

        try (RunStore store = RunStore.openForReading(folder.resolve("results/tiny"), out::append)) {
            // As many steps as the plan says: 64 examples in batches of 32.
            assertThat(store.records())
                    .singleElement()
                    .extracting(RunRecord::outcome)
                    .satisfies(outcome -> assertThat(outcome.lossCurve()).hasSize(2));
        }

        assertThat(run("plan", file.toString())).isZero();
        assertThat(out.toString())
                .contains("2 runs, of which 1 are finished in")
                .containsPattern("head-only +1 +1 +0 +0 ")
                .containsPattern("warm-start +1 +0 +0 +0 ");

        // By its folder, its file whatever the file's name, and its name.
        for (String named : List.of(folder.resolve("results/tiny").toString(), file.toString(), "tiny")) {
            assertThat(run("report", named)).isZero();
            assertThat(lastLine()).isEqualTo(page.toString());
        }
        assertThat(run("report", "tiny", "--out", folder.resolve("elsewhere").toString()))
                .isEqualTo(2);

        assertThat(run("plan", file.toString(), "--only", "method=head-only")).isZero();
        assertThat(out.toString()).containsPattern("head-only +1 +1 +0 +0 ").contains("Data: wordnet/accept official");
    }

    @Test
    void aPlanSaysWhatBecameOfTheEncodersTensorsAndThatItsVocabularyIsShort() throws IOException {
        CacheFolder cache = BorrowedCache.in(folder.resolve("cache"));
        surroundings =
                surroundings.with(Map.of("ADAPTERBENCH_CACHE", cache.root().toString()));
        Path model = Files.createDirectories(folder.resolve("model"));
        Files.writeString(model.resolve("config.json"), MalformedEncoders.SOUND_CONFIG);
        Files.writeString(model.resolve("vocab.txt"), "[PAD]\n[UNK]\n[CLS]\n[SEP]\nword\n");
        Files.write(model.resolve("model.safetensors"), TinyWeights.bertWith("classifier.weight 2 2"));

        assertThat(run(
                        "plan",
                        file.toString(),
                        "--encoder",
                        model.toString(),
                        "--set",
                        "numerics=fast",
                        "--set",
                        "training.max-length=8"))
                .isZero();

        assertThat(lines())
                .contains(
                        "encoder " + model + ": 21 tensors loaded, unused: classifier.weight, newly initialised:"
                                + " pooler.dense.bias pooler.dense.weight",
                        "encoder " + model + ": its tokenizer has 5 tokens, its embedding 8 rows: the others are never"
                                + " used; was the vocabulary cut short?");
    }

    @Test
    void aFailedRunGivesExitCode4AndStandsInTheReportAndTheGridGoesOn() {
        surroundings =
                surroundings.with(Map.of("JAVA_TOOL_OPTIONS", "-Dorg.bytedeco.javacpp.platform=no-such-machine"));

        assertThat(run("run", file.toString())).isEqualTo(4);
        assertThat(lines().stream().filter(line -> line.startsWith("FAILED wordnet/accept")))
                .hasSize(2);
        assertThat(out.toString()).contains("0 runs finished, 0 were finished before, 2 failed: exit code 4");
        assertThat(lastLine())
                .isEqualTo(folder.resolve("results/tiny/report/index.html").toString());
    }

    @Test
    void aPlanWhereTensorFlowDoesNotLoadIsRefusedWithTheRemedy() {
        surroundings =
                surroundings.with(Map.of("JAVA_TOOL_OPTIONS", "-Dorg.bytedeco.javacpp.platform=no-such-machine"));

        assertThat(run("plan", file.toString())).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString())
                .startsWith(
                        "adapterbench: plan: TensorFlow does not compute here, and at what rate it would is unknown:"
                                + " exit code 1: ")
                .contains(" (remedy: ");
    }

    @Test
    void aPlanSaysWhatItCostsAndSpendsNothing() {
        assertThat(run("plan", file.toString())).isZero();
        assertThat(out.toString())
                .contains("2 runs, of which 0 are finished in")
                .containsPattern("minilm-l6 +wordnet/accept +head-only +1 +0 +0 +2 ")
                .containsPattern("minilm-l6 +wordnet/accept +warm-start +1 +0 +0 +0 ")
                .containsPattern("Time: about .* GFLOP/s measured");
        assertThat(folder.resolve("results")).doesNotExist();
    }

    @Test
    void aCountAboveWhatThereIsIsMentioned() {
        assertThat(run("plan", file.toString(), "--set", "data.train=1000000")).isZero();
        assertThat(out.toString())
                .containsPattern("data.train: 1000000 is more than the [0-9]+ examples of wordnet/accept train: all")
                .doesNotContain("data.evaluation");
    }

    @Test
    void settingsThatTakeEachOthersPlaceAreNotGivenTogether() throws IOException {
        Files.writeString(file, EXPERIMENT + "  - {method: qr-lora, settings: {tau: 0.5, rank: 4}}\n");

        assertThat(run("plan", file.toString())).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains(":12: methods[2].settings: tau and rank are given (allowed: one of them");
    }

    @Test
    void anUnknownEncoderIsNamedWithItsPlaceAndTheHub() throws IOException {
        Files.writeString(file, EXPERIMENT.replace("minilm-l6", "roberta-base"));

        assertThat(run("plan", file.toString())).isEqualTo(2);
        assertThat(err.toString())
                .contains("my-file.yaml:3: encoders: unknown encoder 'roberta-base'")
                .contains("hub:roberta-base")
                .contains("./roberta-base");
    }

    @Test
    void aPlanCountsNoStepsOnWhatIsHeldOutToChooseTheBestEpoch() {
        // 64 examples in batches of 32, of which 32 are held out.
        assertThat(run(
                        "plan",
                        file.toString(),
                        "--set",
                        "training.checkpoint=best",
                        "--set",
                        "training.selection-examples=32"))
                .isZero();
        assertThat(out.toString()).containsPattern("minilm-l6 +wordnet/accept +head-only +1 +0 +0 +1 ");
    }

    @Test
    void aPlanRefusesAMethodThatWouldTrainNothingAndLetsTheControlThrough() {
        List<String> frozen = List.of("--set", "training.head=frozen", "--set", "training.pooler=frozen");
        List<String> control = List.of("--only", "method=warm-start");

        assertThat(run(Stream.of(List.of("plan", file.toString()), frozen)
                        .flatMap(List::stream)
                        .toArray(String[]::new)))
                .isEqualTo(2);
        assertThat(err.toString()).contains("methods[0]: head-only would train nothing");
        assertThat(run(Stream.of(List.of("plan", file.toString()), frozen, control)
                        .flatMap(List::stream)
                        .toArray(String[]::new)))
                .isZero();
        assertThat(out.toString()).containsPattern("minilm-l6 +wordnet/accept +warm-start +1 +0 +0 +0 ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    quik                   | unknown experiment 'quik'; did you mean 'quick'?
                    /nowhere/x.yaml        | /nowhere/x.yaml: no such file
                    --only method=lorra    | no such method in this experiment; did you mean 'lora'?
                    --only tasc=x          | unknown key 'tasc'; did you mean 'task'?
                    --encoder minilm       | unknown encoder 'minilm'; did you mean 'minilm-l6'?
                    --only method=lora,,   | --only 'method=lora,,': an empty part (allowed: KEY=VALUE,...)
                    --only=                | --only '': an empty part (allowed: KEY=VALUE,...)
                    --encoder hub:         | encoders: encoder 'hub:': not a hub reference (allowed: hub:name, hub:owner/name,
                    --encoder=             | encoders: has no value (allowed: a list of encoders
                    --workers two          | adapterbench: --workers: 'two' (allowed: a whole number from 1 to 256)
                    --workers 0            | adapterbench: --workers: '0' (allowed: a whole number from 1 to 256)
                    --workers 257          | adapterbench: --workers: '257' (allowed: a whole number from 1 to 256)
                    --set threads=4        | threads: the number 4 is not allowed (allowed: 2 with numerics portable)
                    --set training.epoch=1 | 'epoch'; did you mean 'epochs'?
                    --set seeds=one        | seeds
                    """)
    void badInputGivesExitCode2AndOneLineAndLeavesNothing(String arguments, String expected) {
        List<String> all = new ArrayList<>(List.of("run"));
        all.addAll(List.of(arguments.split(" ")));

        assertThat(run(all.toArray(String[]::new))).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains(expected);
        assertThat(folder.resolve("results")).doesNotExist();
    }

    private void becomeAMachineWithoutAvx2() {
        surroundings = new Surroundings(
                surroundings.environment(),
                surroundings.root(),
                surroundings.folder(),
                surroundings.columns(),
                EnumSet.of(Numerics.FAST));
    }

    @Test
    void whereTheProcessorCannotComputePortablyAnExperimentIsFastAndSaysSo() {
        becomeAMachineWithoutAvx2();

        assertThat(run("run", file.toString(), "--only", "method=warm-start")).isZero();
        assertThat(lines().get(0)).startsWith("numerics: fast, ").contains("the published numbers do not apply");
        assertThat(out.toString())
                .contains("1 of 2 runs are missing: wordnet/accept head-only seed 1" + System.lineSeparator());
        try (RunStore store = RunStore.openForReading(folder.resolve("results/tiny"), out::append)) {
            assertThat(store.records())
                    .singleElement()
                    .satisfies(record -> assertThat(record.spec().numerics()).isEqualTo(Numerics.FAST));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "plan"})
    void portableNumericsThatWereAskedForAreRefusedWhereTheProcessorCannot(String command) throws IOException {
        becomeAMachineWithoutAvx2();

        assertThat(run(command, file.toString(), "--set", "numerics=portable")).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains("(allowed here: --set numerics=fast)");

        Files.writeString(file, EXPERIMENT + "numerics: portable\n");
        assertThat(run(command, file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("(allowed here: --set numerics=fast)");
    }

    @Test
    void anOutputFolderThatCannotBeWrittenIsNamedBeforeAnythingIsComputed() throws IOException {
        Files.writeString(folder.resolve("results"), "a file is in the way");

        assertThat(run("run", file.toString())).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains("results").contains("cannot be written");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void anOutputFolderWhereTheSystemMakesNoneIsNamed() {
        assertThat(run("run", file.toString(), "--out", "/proc/x")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith(
                        "adapterbench: output folder /proc/x/tiny: cannot be written: no folder can be made at /proc/x"
                                + " (allowed: ");
    }

    @Test
    void aReportOfAFolderWithoutRunsIsRefused() {
        assertThat(run("report", folder.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("holds no runs");
    }

    @Test
    void everyExperimentThatComesWithTheProgramIsValid() {
        assertThat(run("list", "experiments")).isZero();
        assertThat(out.toString()).contains("smoke").contains("quick").contains("paper");
    }

    @Test
    void theListsNameEveryMethodTaskAndEncoder() {
        run("list", "methods");
        assertThat(lines()).anyMatch(line -> line.startsWith("qr-lora: ")).anyMatch(line -> line.contains(" tau "));
        run("list", "tasks");
        assertThat(lines()).anyMatch(line -> line.matches("glue/mrpc +pair +2 classes .*"));
        run("list", "encoders");
        assertThat(lines()).anyMatch(line -> line.matches("minilm-l6 .* usable"));
    }
}
