package org.adapterbench.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.adapterbench.api.FailureKind;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.RunRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ComparabilityTest {

    private static RunRecord run(String variant, long seed, Consumer<SyntheticRun> change) {
        SyntheticRun run = new SyntheticRun();
        run.variant = variant;
        run.seed = seed;
        change.accept(run);
        return run.finished();
    }

    private static List<ComparableRuns> group(List<RunRecord> records) {
        return Comparability.group(ReportInput.of("x", records, "0").records());
    }

    @Test
    void runsThatDifferInVariantAndSeedShareATable() {
        List<ComparableRuns> groups =
                group(List.of(run("a", 1, r -> {}), run("a", 2, r -> {}), run("b", 1, r -> {}), run("b", 2, r -> {})));

        assertThat(groups).hasSize(1);
        assertThat(groups.get(0).cells()).extracting(cell -> cell.runs().size()).containsExactly(2, 2);
    }

    static List<Consumer<SyntheticRun>> differences() {
        return List.of(
                r -> r.encoder = "bge-small",
                r -> r.warmup = null,
                r -> r.warmup = SyntheticRun.training(3, 1e-4, 0.1),
                r -> r.numerics = Numerics.FAST,
                r -> r.startHash = "another head",
                r -> r.dataVersion = "2");
    }

    @ParameterizedTest
    @MethodSource("differences")
    void runsThatCannotBeComparedStandInDifferentTables(Consumer<SyntheticRun> difference) {
        List<ComparableRuns> groups = group(List.of(run("a", 1, r -> {}), run("b", 1, difference)));

        assertThat(groups).hasSize(2);
        assertThat(groups).allSatisfy(group -> assertThat(group.runs()).hasSize(1));
    }

    @Test
    void oneSeedWithAnotherStartMovesTheWholeRow() {
        List<ComparableRuns> groups = group(List.of(
                run("a", 1, r -> {}),
                run("a", 2, r -> {}),
                run("b", 1, r -> {}),
                run("b", 2, r -> r.startHash = "another head")));

        assertThat(groups).hasSize(2);
        assertThat(groups.get(1).runs()).extracting(RunRecord::variant).containsExactly("b", "b");
    }

    @Test
    void fastNumericsOfDifferentMachineClassesStandInDifferentTables() {
        List<ComparableRuns> groups = group(List.of(run("a", 1, r -> r.numerics = Numerics.FAST), run("b", 1, r -> {
            r.numerics = Numerics.FAST;
            r.processorFeatures = "avx2 fma avx512f";
        })));

        assertThat(groups).hasSize(2);
    }

    @Test
    void fastNumericsOfTwoProcessorsWithTheSameExtensionsStandInDifferentTables() {
        List<ComparableRuns> groups = group(List.of(run("a", 1, r -> r.numerics = Numerics.FAST), run("b", 1, r -> {
            r.numerics = Numerics.FAST;
            r.processor = "Other processor";
        })));

        assertThat(groups).hasSize(2);
    }

    @Test
    void portableNumericsOfTwoProcessorsShareATable() {
        assertThat(group(List.of(run("a", 1, r -> {}), run("b", 1, r -> r.processor = "Other processor"))))
                .hasSize(1);
    }

    @Test
    void portableNumericsOfDifferentMachineClassesShareATable() {
        assertThat(group(List.of(run("a", 1, r -> {}), run("b", 1, r -> r.processorFeatures = "avx2 fma avx512f"))))
                .hasSize(1);
    }

    @Test
    void tasksOfTheSameSizeStandTogether() {
        List<RunRecord> records = new ArrayList<>();
        for (String task : List.of("wordnet/accept", "wordnet/definition-pairs", "wordnet/supersense")) {
            for (String variant : List.of("a", "b")) {
                // Whichever size comes first for a task.
                for (int examples : task.endsWith("pairs") ? List.of(1000, 64) : List.of(64, 1000)) {
                    records.add(run(variant, 1, r -> {
                        r.task = task;
                        r.trainExamples = examples;
                    }));
                }
            }
        }

        assertThat(group(records))
                .extracting(table -> table.runs().stream()
                        .map(run -> run.spec().task().train().examples())
                        .distinct()
                        .toList())
                .containsExactly(List.of(1000), List.of(64));
    }

    @Test
    void aTaskJoinsTheTableOfItsSizeEvenWhereAnotherWouldTakeIt() {
        Consumer<SyntheticRun> pairs = r -> {
            r.task = "wordnet/definition-pairs";
            r.trainExamples = 64;
        };

        List<ComparableRuns> groups =
                group(List.of(run("a", 1, r -> {}), run("a", 1, r -> r.trainExamples = 64), run("a", 1, pairs)));

        assertThat(groups).extracting(table -> table.tasks().size()).containsExactly(1, 2);
    }

    @Test
    void settingsAreNeverAveragedUnderOneName() {
        List<ComparableRuns> groups =
                group(List.of(run("a", 1, r -> {}), run("a", 2, r -> r.settings = Map.of("rank", 16))));

        assertThat(groups).hasSize(2);
    }

    @Test
    void theSameRunRecordedTwiceIsNotAveraged() {
        List<ComparableRuns> groups = group(List.of(run("a", 1, r -> {}), run("a", 1, r -> {})));

        assertThat(groups).hasSize(2);
        assertThat(groups).allSatisfy(group -> assertThat(group.runs()).hasSize(1));
    }

    @Test
    void aFailedRunStandsBesideTheOtherSeedsOfItsRow() {
        SyntheticRun failed = new SyntheticRun();
        failed.variant = "a";
        failed.seed = 2;

        List<ComparableRuns> groups =
                group(List.of(run("a", 1, r -> {}), failed.failed(FailureKind.CRASHED, "signal 11", null)));

        assertThat(groups).hasSize(1);
        assertThat(groups.get(0).cells().get(0).failed()).hasSize(1);
    }

    @Test
    void groupingDoesNotDependOnTheOrderOfTheRecords() {
        List<RunRecord> records = new ArrayList<>(SyntheticReports.quick().records());
        List<ComparableRuns> sorted = group(records);
        Collections.shuffle(records, new Random(3));

        assertThat(group(records))
                .extracting(ComparableRuns::cells)
                .isEqualTo(sorted.stream().map(ComparableRuns::cells).toList());
    }
}
