package org.adapterbench.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.adapterbench.api.UserError;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.RunSpec.Checkpoint;
import org.adapterbench.api.record.RunSpec.DropoutLayers;
import org.adapterbench.api.record.RunSpec.Part;
import org.adapterbench.api.record.RunSpec.SubsetRule;
import org.adapterbench.api.record.RunSpec.TrainingSpec;
import org.adapterbench.core.config.Experiment.DataChoice;
import org.adapterbench.core.train.ActivationStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExperimentReaderTest {

    private static final String SMALLEST = """
            name: tiny
            encoders: [minilm-l6]
            tasks: [glue/mrpc]
            methods: [full]
            seeds: [1]
            """;

    @TempDir
    Path folder;

    @Test
    void whatAFileLeavesOutHasTheDocumentedDefault() {
        Experiment experiment = read(SMALLEST);

        TrainingSpec training = new TrainingSpec(
                3,
                1e-4,
                1e-3,
                0.06,
                32,
                128,
                0.01,
                false,
                1.0,
                0.1,
                DropoutLayers.ALL,
                Part.TRAINED,
                Part.TRAINED,
                Checkpoint.LAST,
                0);
        assertThat(experiment.title()).isEqualTo("tiny");
        assertThat(experiment.description()).isEmpty();
        assertThat(experiment.data()).isEqualTo(new DataChoice(0, 0, SubsetRule.RANDOM, 0));
        assertThat(experiment.warmup()).isEqualTo(training);
        assertThat(experiment.numerics()).isEqualTo(Numerics.PORTABLE);
        assertThat(experiment.threads()).isEqualTo(2);
        assertThat(experiment.workers()).isEqualTo(1);
        assertThat(experiment.save()).isEqualTo(Save.ADAPTER);
        assertThat(experiment.activationMegabytes()).isEqualTo(4096);
        assertThat(experiment.methods()).singleElement().satisfies(method -> {
            assertThat(method.label()).isEqualTo("full");
            assertThat(method.training()).isEqualTo(training);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dropout-layers: adapted",
                "checkpoint: best",
                "head: frozen",
                "pooler: frozen",
                "selection-examples: 5"
            })
    void whatAWarmUpDoesNotKnowIsRefusedThere(String line) {
        String key = line.substring(0, line.indexOf(':'));

        assertThatThrownBy(() -> read(SMALLEST + "warmup: {epochs: 1, " + line + "}\n"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(":6: warmup." + key + ": is no setting of a warm-up");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 64})
    void activationsHaveNoRoomOrThatOfOnePiece(int megabytes) {
        assertThat(read(SMALLEST + "activation-megabytes: " + megabytes + "\n").activationMegabytes())
                .isEqualTo(megabytes);
        assertThat(Defaults.LEAST_ACTIVATION_MEGABYTES << 20).isEqualTo(ActivationStore.SEGMENT_BYTES);
    }

    @Test
    void roomForLessThanOnePieceOfActivationsIsRefused() {
        assertThatThrownBy(() -> read(SMALLEST + "activation-megabytes: 63\n"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(":6: activation-megabytes: 63 is too little to store anything (allowed: 0, or");
    }

    @Test
    void oneMethodCannotHaveItsDropoutElsewhere() {
        String text = SMALLEST.replace("[full]", "[{method: full, training: {dropout-layers: adapted}}]");

        assertThatThrownBy(() -> read(text))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(
                        ":4: methods[0].training.dropout-layers: is the same for all methods of an experiment");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a, b\"", "a=b"})
    void aLabelThatAFilterCannotNameIsRefused(String label) {
        String text = SMALLEST.replace("[full]", "[{method: full, label: " + label + "}]");

        assertThatThrownBy(() -> read(text))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(":4: methods[0].label: '" + label.replace("\"", "") + "' could not be chosen")
                .hasMessageContaining("(allowed: text without comma and equals sign)");
    }

    @Test
    void everyKeyReachesItsField() {
        Experiment experiment = read("""
                name: all-keys
                title: A title
                description: A description
                encoders: [minilm-l6, "hub:roberta-base"]
                tasks: [glue/rte, glue/mrpc]
                seeds: [3, 1]
                data: {train: 20, evaluation: 5, rule: random, subset-seed: 7}
                warmup: {epochs: 4, learning-rate: 2e-4, head-learning-rate: 5e-4, batch-size: 8}
                numerics: fast
                threads: 8
                workers: 3
                activation-megabytes: 100
                save: full
                training:
                  epochs: 5
                  learning-rate: 3e-5
                  head-learning-rate: 2.5e-3
                  warmup-fraction: 0.2
                  batch-size: 16
                  max-length: 64
                  weight-decay: 0.05
                  decay-all: true
                  clip-norm: 0.5
                  dropout: 0.2
                  dropout-layers: adapted
                  head: frozen
                  pooler: frozen
                  checkpoint: best
                  selection-examples: 50
                methods:
                  - method: lora
                    label: LoRA of rank 4
                    learning-rate: 1e-3
                    settings: {rank: 4, alpha: 8, targets: [key], layers: [0, 2]}
                    training: {epochs: 6, dropout: 0}
                """);

        assertThat(experiment.name()).isEqualTo("all-keys");
        assertThat(experiment.title()).isEqualTo("A title");
        assertThat(experiment.description()).isEqualTo("A description");
        assertThat(experiment.encoders()).containsExactly("minilm-l6", "hub:roberta-base");
        assertThat(experiment.tasks()).containsExactly("glue/rte", "glue/mrpc");
        assertThat(experiment.seeds()).containsExactly(3L, 1L);
        assertThat(experiment.data()).isEqualTo(new DataChoice(20, 5, SubsetRule.RANDOM, 7));
        assertThat(experiment.warmup())
                .isEqualTo(new TrainingSpec(
                        4,
                        2e-4,
                        5e-4,
                        0.2,
                        8,
                        64,
                        0.05,
                        true,
                        0.5,
                        0.2,
                        DropoutLayers.ALL,
                        Part.TRAINED,
                        Part.TRAINED,
                        Checkpoint.LAST,
                        0));
        assertThat(experiment.numerics()).isEqualTo(Numerics.FAST);
        assertThat(experiment.threads()).isEqualTo(8);
        assertThat(experiment.workers()).isEqualTo(3);
        assertThat(experiment.save()).isEqualTo(Save.FULL);
        assertThat(experiment.activationMegabytes()).isEqualTo(100);
        assertThat(experiment.methods()).singleElement().satisfies(method -> {
            assertThat(method.label()).isEqualTo("LoRA of rank 4");
            assertThat(method.method()).isEqualTo("lora");
            assertThat(method.settings().whole("rank")).isEqualTo(4);
            assertThat(method.settings().real("alpha")).isEqualTo(8.0);
            assertThat(method.settings().words("targets")).containsExactly("key");
            assertThat(method.settings().layers("layers", 3)).containsExactly(0, 2);
            assertThat(method.training())
                    .isEqualTo(new TrainingSpec(
                            6,
                            1e-3,
                            2.5e-3,
                            0.2,
                            16,
                            64,
                            0.05,
                            true,
                            0.5,
                            0,
                            DropoutLayers.ADAPTED,
                            Part.FROZEN,
                            Part.FROZEN,
                            Checkpoint.BEST,
                            50));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"warmup: 0", "start: pretrained", "start: pretrained\nwarmup: 0"})
    void theStartCanBeThePretrainedWeights(String line) {
        assertThat(read(SMALLEST + line + "\n").warmup()).isNull();
    }

    @Test
    void aMethodsOwnTrainingDoesNotChangeTheSharedWarmUp() {
        Experiment plain = read(SMALLEST);
        Experiment own = read(SMALLEST.replace(
                "methods: [full]", "methods: [{method: full, training: {batch-size: 4, head: frozen}}]"));

        assertThat(own.warmup()).isEqualTo(plain.warmup());
        assertThat(own.methods().get(0).training().batchSize()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            epoch: 3                        | 6: epoch: unknown key 'epoch'
            training: {epoch: 3}            | 6: training.epoch: unknown key 'epoch'; did you mean 'epochs'?
            training: {epochs: 010}         | 6: training.epochs: the number 010 is not allowed (allowed: a whole number from 0 to 1000)
            training: {epochs: 1_0}         | 6: training.epochs: the number 1_0 is not allowed
            training: {epochs: 2.0}         | 6: training.epochs: the number 2.0 is not allowed
            training: {epochs: -1}          | 6: training.epochs: the number -1 is not allowed
            training: {epochs: }            | 6: training.epochs: has no value
            training: {epochs: null}        | 6: training.epochs: has no value
            training: {decay-all: no}       | 6: training.decay-all: the truth value no is not allowed (allowed: true, false)
            training: {learning-rate: 0}    | 6: training.learning-rate: the number 0 is not allowed (allowed: a number above 0.0
            training: {learning-rate: .inf} | 6: training.learning-rate: the number .inf is not allowed
            training: {learning-rate: 1e-4x}| 6: training.learning-rate: '1e-4x' is not allowed
            training: [1]                   | 6: training: a list is not a mapping
            training: {head: Frozen}        | 6: training.head: 'Frozen' is not known (allowed: trained, frozen)
            training: {selection-examples: 9} | 6: training.selection-examples: the number 9 is not allowed (allowed: 0 with checkpoint last)
            data: {rule: all}               | 6: data.rule: 'all' is not known (allowed: first, random)
            title: 2024                     | 6: title: the number 2024 is not text
            title: true                     | 6: title: the truth value true is not text
            threads: 4                      | 6: threads: the number 4 is not allowed (allowed: 2 with numerics portable)
            seeds: [2]                      | 6: seeds: given twice, first on line 5
            data: &a {train: 3}             | 6: data: anchors and aliases
            warmup: *a                      | 6: warmup: anchors and aliases
            warmup: !!int 3                 | 6: warmup: tags
            start: pretrained, 0            | 6: start: 'pretrained, 0' is not known
            start: warm                     | 6: start: 'warm' is not known (allowed: pretrained, warm-up)
            """)
    void aBadLineIsNamedWithFileLineKeyAndWhatIsAllowed(String line, String message) {
        assertThatThrownBy(() -> read(SMALLEST + line + "\n"))
                .isInstanceOf(UserError.class)
                .message()
                .contains("experiment.yaml:" + message)
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tasks: [glue/mrpc]   | tasks: [glue/mprc]     | 3: tasks: unknown task 'glue/mprc'; did you mean 'glue/mrpc'?
            tasks: [glue/mrpc]   | tasks: []              | 3: tasks: an empty list
            tasks: [glue/mrpc]   | tasks: glue/mrpc       | 3: tasks: 'glue/mrpc' is not a list
            tasks: [glue/mrpc]   | tasks: [glue/mrpc, glue/mrpc] | 3: tasks[1]: 'glue/mrpc' stands twice
            tasks: [glue/mrpc]   | other: 1               | 1: tasks: missing
            methods: [full]      | methods: [fulll]       | 4: methods[0]: unknown method 'fulll'; did you mean 'full'?
            methods: [full]      | methods: [{method: lor}] | 4: methods[0].method: unknown method 'lor'; did you mean 'lora'?
            methods: [full]      | methods: [{label: x}]  | 4: methods[0].method: missing
            methods: [full]      | methods: [full, full]  | 4: methods[1]: label 'full' is taken by
            methods: [full]      | methods: [{method: lora, settings: {rnk: 1}}] | unknown setting 'rnk'; did you mean 'rank'?
            methods: [full]      | methods: [{method: lora, settings: {rank: 0}}] | 4: methods[0].settings.rank: 0 is not allowed
            methods: [full]      | methods: [{method: qr-lora, settings: {tau: 1.5}}] | 4: methods[0].settings.tau: 1.5 is not allowed
            methods: [full]      | methods: [{method: qr-lora, settings: {tau: yes}}] | 4: methods[0].settings.tau: yes is not allowed
            methods: [full]      | methods: [{method: lora, settings: {rank: }}] | 4: methods[0].settings.rank: has no value
            seeds: [1]           | seeds: [1, -1]         | 5: seeds[1]: the number -1 is not allowed
            seeds: [1]           | seeds: [9007199254740992] | 5: seeds[0]: the number 9007199254740992 is not allowed
            name: tiny           | name: ../x             | 1: name: '../x' (allowed: lower-case letters
            """)
    void aBadValueIsNamedWithFileLineKeyAndWhatIsAllowed(String line, String replacement, String message) {
        assertThatThrownBy(() -> read(SMALLEST.replace(line, replacement)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("experiment.yaml:")
                .message()
                .contains(message)
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                 | 1: the file is empty
            '# nothing'                        | 1: the file is empty
            'just text'                        | 1: 'just text' is not a mapping
            '[1, 2]'                           | 1: a list is not a mapping
            'name: [a'                         | 1: not YAML
            """)
    void aFileThatIsNoMappingIsRefused(String text, String message) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(UserError.class).hasMessageContaining("yaml:" + message);
    }

    @Test
    void tabsSecondDocumentsAndOtherEncodingsAreRefused() throws IOException {
        assertThatThrownBy(() -> read("data:\n\ttrain: 3\n")).hasMessageContaining("yaml:2: not YAML");
        assertThatThrownBy(() -> read(SMALLEST + "---\nname: other\n")).hasMessageContaining("second document");
        Path latin = Files.write(folder.resolve("latin.yaml"), "title: é".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> reader().read(latin, List.of())).hasMessageContaining("not UTF-8");
    }

    @Test
    void aByteOrderMarkAndWindowsLineEndsAreNoTrouble() {
        assertThat(read("\uFEFF" + SMALLEST.replace("\n", "\r\n"))).isEqualTo(read(SMALLEST));
    }

    @Test
    void aDeeplyNestedFileIsRefusedInOneLine() {
        assertThatThrownBy(() -> read("name: " + "[".repeat(5000)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("yaml:1");
    }

    @Test
    void wordsOfTheCommandLineReplaceWhatTheFileSays() {
        Experiment experiment = read(
                SMALLEST + "warmup: 2\n",
                List.of("encoder=bge-small", "seeds=4,5", "training.epochs=1", "start=pretrained", "data.train=7"));

        assertThat(experiment.encoders()).containsExactly("bge-small");
        assertThat(experiment.seeds()).containsExactly(4L, 5L);
        assertThat(experiment.methods().get(0).training().epochs()).isEqualTo(1);
        assertThat(experiment.warmup()).isNull();
        assertThat(experiment.data().train()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            encoder=hub:                     | hub:
            encoder=./a #b: [c]              | ./a #b: [c]
            encoder=it's                     | it's
            encoder={a                       | {a
            encoders=["hub:x"]               | hub:x
            """)
    void anEncoderOnTheCommandLineIsTakenAsItIs(String pair, String encoder) {
        assertThat(read(SMALLEST, List.of(pair)).encoders()).containsExactly(encoder);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            seeds              | not key=value
            seeds=x            | override 'seeds=x': seeds[0]: 'x' is not allowed
            seeds=1,,2         | override 'seeds=1,,2': seeds[1]: nothing is not allowed
            encoder=           | override 'encoder=': encoders: has no value (allowed: a list of encoders
            sedes=1            | unknown key 'sedes'; did you mean 'seeds'?
            name=              | override 'name=': has no value
            data={train: 1, train: 2} | data.train: given twice (allowed: once)
            name.x=1           | is not a mapping
            methods=lora       | methods cannot be changed here
            methods[0].settings.rank=4 | override 'methods[0].settings.rank': methods cannot be changed here
            methods.lora.settings.rank=4 | override 'methods.lora.settings.rank': methods cannot be changed here
            """)
    void aBadOverrideIsNamed(String pair, String message) {
        assertThatThrownBy(() -> read(SMALLEST, List.of(pair)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(message);
    }

    @Test
    void aFolderInThePlaceOfAFileIsCalledAFolder() {
        assertThatThrownBy(() -> reader().read(folder.toString(), List.of()))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith(folder + ": is a folder (allowed: a YAML file, or one of smoke");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void anExperimentWithoutANameIsRefused(String name) {
        assertThatThrownBy(() -> reader().read(name, List.of()))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("experiment: has no value (allowed: a YAML file, or one of smoke, ");
    }

    @Test
    void anUnknownExperimentIsAnsweredWithTheNearestName() {
        assertThatThrownBy(() -> reader().read("quik", List.of()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("did you mean 'quick'?");
        assertThatThrownBy(() -> reader().read("no/such.yaml", List.of())).hasMessageContaining("no such file");
    }

    @ParameterizedTest
    @CsvSource({"smoke, 1, 6", "quick, 3, 6", "paper, 5, 13"})
    void theShippedExperimentsAreRead(String name, int seeds, int methods) {
        Experiment experiment = reader().read(name, List.of());

        assertThat(experiment.name()).isEqualTo(name);
        assertThat(experiment.seeds()).hasSize(seeds);
        assertThat(experiment.methods()).hasSize(methods);
        assertThat(experiment.warmup()).isNotNull();
    }

    @Test
    void everyShippedFileIsListed() throws IOException {
        Path shipped = Path.of(System.getProperty("adapterbench.root"), "harness", "experiments");
        try (Stream<Path> files = Files.list(shipped)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".yaml")))
                    .containsExactlyInAnyOrderElementsOf(ExperimentReader.BUILT_IN.stream()
                            .map(n -> n + ".yaml")
                            .toList());
        }
    }

    private Experiment read(String text) {
        return read(text, List.of());
    }

    private Experiment read(String text, List<String> overrides) {
        try {
            return reader().read(Files.writeString(folder.resolve("experiment.yaml"), text), overrides);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static ExperimentReader reader() {
        return new ExperimentReader(Fakes.methods(), Fakes.tasks());
    }
}
