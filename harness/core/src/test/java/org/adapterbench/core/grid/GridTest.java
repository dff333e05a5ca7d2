package org.adapterbench.core.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.adapterbench.api.UserError;
import org.adapterbench.api.record.RunSpec.SplitSpec;
import org.adapterbench.api.record.RunSpec.SubsetRule;
import org.adapterbench.api.task.DataLocation;
import org.adapterbench.core.config.Experiment;
import org.adapterbench.core.config.ExperimentReader;
import org.adapterbench.core.config.Fakes;
import org.adapterbench.core.json.RunIds;
import org.adapterbench.core.weights.EncoderAssets;
import org.adapterbench.core.weights.EncoderConfig;
import org.adapterbench.core.weights.LoadReport;
import org.adapterbench.core.weights.WeightSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GridTest {

    private static final String TWO_OF_EACH = """
            name: grid
            encoders: [small, large]
            tasks: [fake/a, fake/b]
            methods: [full, {method: lora, label: lora of rank 4, settings: {rank: 4}}]
            seeds: [1, 2]
            data: {train: 8, evaluation: 0}
            """;

    private final List<String> opened = new ArrayList<>();

    @TempDir
    Path folder;

    @Test
    void everyCombinationIsPlannedOnceInAnOrderThatKeepsTogetherWhatIsShared() {
        List<PlannedRun> runs = expand(TWO_OF_EACH, Only.everything());

        assertThat(runs)
                .extracting(run -> run.encoder() + " " + run.spec().task().name() + " "
                        + run.spec().seed() + " " + run.variant())
                .hasSize(16)
                .startsWith("small fake/a 1 full", "small fake/a 1 lora of rank 4", "small fake/a 2 full")
                .endsWith("large fake/b 2 full", "large fake/b 2 lora of rank 4");
        assertThat(runs).extracting(PlannedRun::runId).doesNotHaveDuplicates();
        assertThat(runs).allSatisfy(run -> assertThat(run.runId()).isEqualTo(RunIds.of(run.spec())));
        assertThat(runs.stream().map(PlannedRun::group).distinct()).hasSize(8);
        assertThat(opened).containsExactly("small", "large");
    }

    @Test
    void splitsAreTheSameForEveryMethodAndSeed() {
        List<PlannedRun> runs = expand(TWO_OF_EACH, Only.parse(List.of("task=fake/a")));

        assertThat(runs.stream().map(run -> run.spec().task()).distinct())
                .singleElement()
                .satisfies(task -> {
                    assertThat(task.train())
                            .extracting(SplitSpec::examples, SplitSpec::rule)
                            .containsExactly(8, SubsetRule.RANDOM);
                    assertThat(task.evaluation())
                            .singleElement()
                            .extracting(SplitSpec::examples, SplitSpec::rule)
                            .containsExactly(10, SubsetRule.ALL);
                });
    }

    @Test
    void aFilterLetsThroughWhatItNamesWithTheSameIds() {
        List<PlannedRun> all = expand(TWO_OF_EACH, Only.everything());
        opened.clear();

        List<PlannedRun> some =
                expand(TWO_OF_EACH, Only.parse(List.of("method=lora,task=fake/b", "seed=2,encoder=large,seed=1")));

        assertThat(some).hasSize(2).allSatisfy(run -> {
            assertThat(run.variant()).isEqualTo("lora of rank 4");
            assertThat(run.encoder()).isEqualTo("large");
        });
        assertThat(all).containsAll(some);
        assertThat(opened).containsExactly("large");
        assertThat(expand(TWO_OF_EACH, Only.parse(List.of("method=lora of rank 4"))))
                .hasSize(8);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            methd=lora      | unknown key 'methd'; did you mean 'method'?
            method          | method has no value
            method=         | method has no value
            lora            | unknown key 'lora'
            method=lroa     | no such method in this experiment; did you mean 'lora'? (its methods: full, lora, lora of rank 4)
            seed=3          | no such seed in this experiment (its seeds: 1, 2)
            task=wordnet/a  | no such task in this experiment (its tasks: fake/a, fake/b)
            encoder=tiny    | no such encoder in this experiment (its encoders: small, large)
            """)
    void aFilterThatCannotMatchIsRefused(String filter, String message) {
        assertThatThrownBy(() -> expand(TWO_OF_EACH, Only.parse(List.of(filter))))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("--only " + filter)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "method=lora,,", ",method=lora", "method=lora, ,seed=1"})
    void anEmptyPartOfAFilterIsRefused(String filter) {
        assertThatThrownBy(() -> Only.parse(List.of(filter)))
                .isInstanceOf(UserError.class)
                .hasMessage("--only '" + filter + "': an empty part (allowed: KEY=VALUE,...)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            training: {max-length: 65}    | max-length 65 is more than encoder small has positions for (allowed: at most 64)
            warmup: {max-length: 65}      | where it names none: max-length 65 is more than
            training: {checkpoint: best, selection-examples: 8, max-length: 64} | leaves nothing of 8 training examples
            """)
    void whatDoesNotFitTheEncoderOrTheDataIsRefused(String line, String message) {
        String base = line.startsWith("warmup") ? line + "\ntraining: {max-length: 64}\n" : line + "\n";
        assertThatThrownBy(() -> expand(TWO_OF_EACH + base, Only.everything()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            training: {max-length: 64, batch-size: 9}  | experiment.yaml:7: training: the warm-up, which has training's values where it names none: with encoder small: numerics: portable: batch-size 9 does not
            training: {max-length: 64, batch-size: 80} | batch-size 80 does not
            warmup: {batch-size: 9}                    | experiment.yaml:7: warmup: the warm-up, which has training's values where it names none: with encoder small: numerics: portable: batch-size 9
            """)
    void shapesThatAreNotPortableAreRefusedBeforeAnythingRuns(String line, String message) {
        String more = line.startsWith("warmup") ? line + "\ntraining: {max-length: 64}\n" : line + "\n";

        assertThatThrownBy(() -> expand(TWO_OF_EACH + more, Only.everything()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(message);
        assertThat(expand(TWO_OF_EACH + more + "numerics: fast\n", Only.everything()))
                .hasSize(16);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lora", "svd-lora"})
    void aRankThatIsNotPortableIsRefusedBeforeAnythingRuns(String method) {
        String text = TWO_OF_EACH.replace("method: lora", "method: " + method).replace("{rank: 4}", "{rank: 80}");

        assertThatThrownBy(() -> expand(text, Only.everything()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("experiment.yaml:4: methods[1].settings: with encoder small: numerics: portable: "
                        + "dimension of encoder.layer.0.attention.self.query.down 80 does not");
        assertThat(expand(text + "numerics: fast\n", Only.everything())).hasSize(16);
    }

    @Test
    void layersThatTheEncoderLacksAreRefusedWithFileLineAndKey() {
        String text = TWO_OF_EACH.replace("{rank: 4}", "{layers: last-4}");

        assertThatThrownBy(() -> expand(text, Only.everything()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(
                        "experiment.yaml:4: methods[1].settings: with encoder small: layers: last-4 asks");
        assertThat(expand(text, Only.parse(List.of("encoder=large")))).hasSize(8);
    }

    @Test
    void aRankAboveTheSmallerSideOfAMatrixIsRefusedBeforeAnythingRuns() {
        assertThatThrownBy(() -> expand(TWO_OF_EACH.replace("{rank: 4}", "{rank: 97}"), Only.everything()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(
                        "experiment.yaml:4: methods[1].settings: with encoder small: rank: 97 is too much");
    }

    @Test
    void anEncoderThatCannotBeOpenedIsNamedWithFileLineAndKey() {
        assertThatThrownBy(() -> expand(TWO_OF_EACH.replace("small, large", "small, absent"), Only.everything()))
                .isInstanceOf(UserError.class)
                .hasMessageEndingWith("experiment.yaml:2: encoders: unknown encoder 'absent'");
    }

    @Test
    void twoEncodersOfOneNameAreRefused() {
        assertThatThrownBy(() -> expand(TWO_OF_EACH.replace("small, large", "a/model, b/model"), Only.everything()))
                .isInstanceOf(UserError.class)
                .hasMessageEndingWith("experiment.yaml:2: encoders: a/model and b/model would both be 'model' in every"
                        + " table (allowed: encoders of different names; a folder has its own, a symbolic link to it"
                        + " another)");
    }

    @Test
    void oneRunUnderTwoLabelsIsRefused() {
        String text = TWO_OF_EACH.replace("{rank: 4}}", "{rank: 4}}, {method: lora, settings: {rank: 4}}");

        assertThatThrownBy(() -> expand(text, Only.everything()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("'lora' is the same run as 'lora of rank 4'");
    }

    private List<PlannedRun> expand(String text, Only only) {
        String fitting = text.contains("training:") ? text : text + "training: {max-length: 64}\n";
        try {
            Path file = Files.writeString(folder.resolve("experiment.yaml"), fitting);
            Experiment experiment =
                    new ExperimentReader(Fakes.methods(), Fakes.tasks("fake/a", "fake/b")).read(file, List.of());
            DataLocation data = new DataLocation(null, folder.resolve("cache"));
            return new Grid(Fakes.tasks("fake/a", "fake/b"), Fakes.methods(), this::open, data)
                    .expand(experiment, only);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private EncoderAssets open(String locator) {
        if (locator.equals("absent")) {
            throw new UserError("unknown encoder 'absent'");
        }
        opened.add(locator);
        int layers = locator.equals("small") ? 3 : 12;
        EncoderConfig config = new EncoderConfig(
                EncoderConfig.Family.BERT, 100, 96, layers, 2, 192, 64, 2, 1e-12, EncoderConfig.Activation.GELU, 0);
        LoadReport report = new LoadReport(List.of(), List.of(), List.of());
        String name = locator.substring(locator.lastIndexOf('/') + 1);
        return new EncoderAssets(name, config, new NoWeights(), folder, locator.repeat(3), "f".repeat(64), report);
    }

    private record NoWeights() implements WeightSource {
        @Override
        public SortedSet<String> names() {
            return new TreeSet<>();
        }

        @Override
        public List<Integer> shape(String name) {
            throw new IllegalArgumentException(name);
        }

        @Override
        public float[] values(String name) {
            throw new IllegalArgumentException(name);
        }
    }
}
