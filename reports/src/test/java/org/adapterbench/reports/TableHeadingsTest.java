package org.adapterbench.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.api.task.SplitFacts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TableHeadingsTest {

    private static RunRecord run(Consumer<SyntheticRun> change) {
        SyntheticRun run = new SyntheticRun();
        run.variant = "a";
        change.accept(run);
        return run.finished();
    }

    private static List<String> headings(RunRecord... runs) {
        List<ComparableRuns> tables =
                Comparability.group(ReportInput.of("x", List.of(runs), "0").records());
        TableHeadings headings = new TableHeadings(tables);
        return tables.stream().map(headings::of).toList();
    }

    private static Arguments difference(String words, Consumer<SyntheticRun> change) {
        return Arguments.of(words, change);
    }

    static List<Arguments> differences() {
        return List.of(
                difference("bge-small", r -> r.encoder = "bge-small"),
                difference("from the pretrained weights", r -> r.warmup = null),
                difference("after a warm-up of 3 epochs", r -> r.warmup = SyntheticRun.training(3, 1e-4, 0.1)),
                difference("warm-up with rate 0.0002", r -> r.warmup = SyntheticRun.training(2, 2e-4, 0.1)),
                difference("fast numerics", r -> r.numerics = Numerics.FAST),
                difference("1 thread", r -> r.threads = 1),
                difference("64 training examples", r -> r.trainExamples = 64),
                difference("train content ", r -> r.dataVersion = "2"),
                difference("other content than the official", r -> {
                    r.dataVersion = "2";
                    r.content = SplitFacts.ContentStatus.OTHER;
                }),
                difference("a with rank 16", r -> r.settings = Map.of("rank", 16, "alpha", 16.0)),
                difference("a with epochs 5", r -> r.epochs = 5),
                difference("start weights ", r -> r.startHash = "another head"),
                difference("number 2 of 2", r -> {}));
    }

    @ParameterizedTest
    @MethodSource("differences")
    void theHeadingSaysWhatSetsATableApart(String words, Consumer<SyntheticRun> change) {
        List<String> headings = headings(run(r -> {}), run(change));

        assertThat(headings).hasSize(2).doesNotHaveDuplicates();
        assertThat(headings).anyMatch(heading -> heading.contains(words));
    }

    @Test
    void aSingleTableIsNamedByEncoderStartAndNumerics() {
        assertThat(headings(run(r -> {}))).containsExactly("minilm-l6, after a warm-up of 2 epochs, portable numerics");
    }

    @Test
    void whatTheTablesShareIsNotRepeated() {
        assertThat(headings(run(r -> {}), run(r -> r.trainExamples = 64)))
                .containsExactly(
                        "minilm-l6, after a warm-up of 2 epochs, portable numerics, 1,000 training examples",
                        "minilm-l6, after a warm-up of 2 epochs, portable numerics, 64 training examples");
    }

    @Test
    void tasksAreNamedWhereTheyAreNotAlike() {
        assertThat(headings(
                        run(r -> {}), run(r -> r.trainExamples = 64), run(r -> r.task = "wordnet/definition-pairs")))
                .containsExactly(
                        "minilm-l6, after a warm-up of 2 epochs, portable numerics, 1,000 training examples",
                        "minilm-l6, after a warm-up of 2 epochs, portable numerics, 64 training examples");
        assertThat(headings(run(r -> {}), run(r -> r.trainExamples = 64), run(r -> {
                            r.task = "wordnet/definition-pairs";
                            r.trainExamples = 200;
                        }))
                        .get(0))
                .endsWith("portable numerics, wordnet/accept: 1,000 training examples");
    }

    @Test
    void noTwoOfManyTablesShareAHeading() {
        List<RunRecord> runs = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            int rank = i;
            runs.add(run(r -> {
                r.settings = Map.of("rank", rank);
                r.trainExamples = 100 + rank % 3;
                r.threads = 1 + rank % 2;
            }));
        }

        assertThat(headings(runs.toArray(RunRecord[]::new))).hasSize(12).doesNotHaveDuplicates();
    }
}
