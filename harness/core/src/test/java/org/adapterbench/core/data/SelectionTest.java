package org.adapterbench.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.adapterbench.api.RunFailure;
import org.adapterbench.api.record.RunSpec.SplitSpec;
import org.adapterbench.api.record.RunSpec.SubsetRule;
import org.adapterbench.api.task.LabelledExample;
import org.adapterbench.api.task.LabelledSplit;
import org.adapterbench.api.task.SplitFacts;
import org.adapterbench.api.task.SplitFacts.ContentStatus;
import org.adapterbench.api.task.TextInput;
import org.junit.jupiter.api.Test;

class SelectionTest {

    private static final LabelledSplit SPLIT = new LabelledSplit(
            "train",
            IntStream.range(0, 500)
                    .mapToObj(i -> new LabelledExample(new TextInput("train-" + i, "text " + i, null), i % 2))
                    .toList());
    private static final SplitFacts FACTS =
            new SplitFacts("train", "a".repeat(64), 500, new TreeMap<>(), ContentStatus.OFFICIAL);

    @Test
    void smallerSelectionsLieInsideLargerOnes() {
        List<String> hundred = ids(Selection.draw(SPLIT, FACTS, SubsetRule.RANDOM, 7, 100));
        List<String> twoHundred = ids(Selection.draw(SPLIT, FACTS, SubsetRule.RANDOM, 7, 200));

        assertThat(hundred).hasSize(100).doesNotHaveDuplicates();
        assertThat(twoHundred).hasSize(200).containsAll(hundred);
    }

    @Test
    void anotherSeedDrawsOtherExamples() {
        assertThat(ids(Selection.draw(SPLIT, FACTS, SubsetRule.RANDOM, 7, 100)))
                .isNotEqualTo(ids(Selection.draw(SPLIT, FACTS, SubsetRule.RANDOM, 8, 100)));
    }

    @Test
    void examplesKeepTheOrderOfTheSplit() {
        assertThat(Selection.draw(SPLIT, FACTS, SubsetRule.RANDOM, 7, 100).examples())
                .isSubsetOf(SPLIT.examples())
                .isSortedAccordingTo((a, b) -> Integer.compare(
                        SPLIT.examples().indexOf(a), SPLIT.examples().indexOf(b)));
        assertThat(ids(Selection.draw(SPLIT, FACTS, SubsetRule.FIRST, 0, 2))).containsExactly("train-0", "train-1");
    }

    @Test
    void askingForMoreThanThereIsTakesAll() {
        SplitSpec spec = Selection.draw(SPLIT, FACTS, SubsetRule.RANDOM, 7, 501).spec();

        assertThat(spec.rule()).isEqualTo(SubsetRule.ALL);
        assertThat(spec.examples()).isEqualTo(500);
        assertThat(spec.subsetSeed()).isZero();
    }

    @Test
    void aRecordedSelectionComesBack() {
        Selection drawn = Selection.draw(SPLIT, FACTS, SubsetRule.RANDOM, 7, 100);

        assertThat(Selection.repeat(SPLIT, FACTS, drawn.spec())).isEqualTo(drawn);
    }

    @Test
    void otherContentOrOtherIdsAreRefused() {
        SplitSpec spec = Selection.draw(SPLIT, FACTS, SubsetRule.RANDOM, 7, 100).spec();
        SplitFacts other = new SplitFacts("train", "b".repeat(64), 500, new TreeMap<>(), ContentStatus.OTHER);
        LabelledSplit renamed = new LabelledSplit(
                "train",
                SPLIT.examples().stream()
                        .map(e -> new LabelledExample(new TextInput("x" + e.id(), "t", null), 0))
                        .toList());

        assertThatThrownBy(() -> Selection.repeat(SPLIT, other, spec))
                .isInstanceOf(RunFailure.class)
                .hasMessageContaining("has content bbb");
        assertThatThrownBy(() -> Selection.repeat(renamed, FACTS, spec))
                .isInstanceOf(RunFailure.class)
                .hasMessageContaining("has ids");
    }

    private static List<String> ids(Selection selection) {
        return selection.examples().stream().map(LabelledExample::id).toList();
    }
}
