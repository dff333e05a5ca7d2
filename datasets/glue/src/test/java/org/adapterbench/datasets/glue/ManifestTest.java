package org.adapterbench.datasets.glue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.adapterbench.api.task.Objective;
import org.adapterbench.api.task.SplitFacts.ContentStatus;
import org.adapterbench.datasets.glue.Manifest.Pinned;
import org.junit.jupiter.api.Test;

final class ManifestTest {

    private static final SortedMap<String, Long> LABELS = new TreeMap<>(Map.of("no", 3L, "yes", 4L));
    private static final SortedMap<String, Long> OTHERS = new TreeMap<>(Map.of("no", 4L, "yes", 3L));

    @Test
    void aPinnedHashDecidesAlone() {
        Pinned pinned = new Pinned(7, LABELS, "aa", "hub");
        assertThat(pinned.status(7, LABELS, "aa")).isEqualTo(ContentStatus.OFFICIAL);
        assertThat(pinned.status(7, LABELS, "bb")).isEqualTo(ContentStatus.OTHER);
    }

    @Test
    void withoutAHashEqualCountsAreUnverifiedAndOtherCountsAreOther() {
        Pinned counts = new Pinned(7, LABELS, null, "hub");
        assertThat(counts.status(7, LABELS, "aa")).isEqualTo(ContentStatus.UNVERIFIED);
        assertThat(counts.status(7, OTHERS, "aa")).isEqualTo(ContentStatus.OTHER);
        assertThat(counts.status(8, LABELS, "aa")).isEqualTo(ContentStatus.OTHER);
        assertThat(new Pinned(7, null, null, "hub").status(7, OTHERS, "aa")).isEqualTo(ContentStatus.UNVERIFIED);
        assertThat(new Pinned(7, null, null, "hub").status(6, OTHERS, "aa")).isEqualTo(ContentStatus.OTHER);
    }

    @Test
    void everySplitOfEveryTaskIsPinnedAndNothingElse() {
        TreeSet<String> table = new TreeSet<>();
        GlueTable.all()
                .forEach(task ->
                        task.splits().forEach(split -> table.add(task.task().name() + " " + split.name())));
        TreeSet<String> pinned = new TreeSet<>();
        Manifest.load()
                .splits()
                .forEach((task, splits) -> splits.keySet().forEach(split -> pinned.add(task + " " + split)));
        assertThat(pinned).isEqualTo(table).hasSize(30);
    }

    @Test
    void pinnedHistogramsHaveTheTasksLabelsAndAddUpToTheRows() {
        for (GlueTask task : GlueTable.all()) {
            for (GlueSplit split : task.splits()) {
                Pinned pinned = Manifest.load().get(task.task().name(), split.name());
                SortedMap<String, Long> labels = pinned.labels();
                if (labels != null
                        && split.labelled()
                        && task.task().objective() instanceof Objective.Classification classification) {
                    assertThat(labels.keySet()).containsExactlyInAnyOrderElementsOf(classification.labels());
                    assertThat(labels.values().stream()
                                    .mapToLong(Long::longValue)
                                    .sum())
                            .isEqualTo(pinned.rows());
                } else {
                    assertThat(labels).isNullOrEmpty();
                }
            }
        }
    }

    @Test
    void onlyContentThatWasNotAtHandLacksAHash() {
        TreeSet<String> unknown = new TreeSet<>();
        Manifest.load()
                .splits()
                .forEach((task, splits) -> splits.forEach((split, pinned) -> {
                    if (pinned.contentSha256() == null) {
                        unknown.add(task + " " + split);
                    }
                }));
        assertThat(unknown)
                .containsExactly(
                        "glue/mnli test_matched",
                        "glue/mnli test_mismatched",
                        "glue/mnli train",
                        "glue/qnli train",
                        "glue/qqp dev",
                        "glue/qqp test",
                        "glue/qqp train");
    }
}
