package org.adapterbench.datasets.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.adapterbench.api.task.LabelledExample;
import org.adapterbench.api.task.LabelledSplit;
import org.adapterbench.api.task.Metric;
import org.adapterbench.api.task.Objective;
import org.adapterbench.api.task.Task;
import org.adapterbench.api.task.TextInput;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class BaselineTest {

    private static final Objective TWO = new Objective.Classification(List.of("no", "yes"));
    private static final Objective SCALE = new Objective.Regression(0, 5);
    private static final List<String> WORDS = List.of("oak", "elm", "ash", "fir", "yew", "bay", "fig", "box");

    @Test
    void majorityPredictsTheMostFrequentClassAndTheLowestOfEquals() {
        Task task = task(TWO, false, Metrics.ACCURACY);
        assertThat(new MajorityBaseline().predict(task, split(0, 1, 1), inputs(2)))
                .containsExactly(1, 1);
        assertThat(new MajorityBaseline().predict(task, split(1, 0), inputs(1))).containsExactly(0);
    }

    @Test
    void majorityPredictsTheMeanOfAScale() {
        Task task = task(SCALE, false, Metrics.PEARSON);
        assertThat(new MajorityBaseline().predict(task, split(1, 4, 4), inputs(1)))
                .containsExactly(3);
    }

    @Test
    void bagOfWordsLearnsAWordAndMajorityDoesNot() {
        Task task = task(TWO, false, Metrics.ACCURACY, Metrics.F1_POSITIVE);
        LabelledSplit train = wordSplit(1, 200);
        LabelledSplit dev = wordSplit(2, 100);
        BaselineScore learned = BaselineScore.of(new BagOfWordsBaseline(), task, train, dev);
        BaselineScore constant = BaselineScore.of(new MajorityBaseline(), task, train, dev);
        assertThat(learned.baseline()).isEqualTo("bag-of-words");
        assertThat(learned.metrics()).containsOnlyKeys("accuracy", "f1-positive");
        assertThat(learned.metrics().get("accuracy")).isGreaterThan(0.95);
        assertThat(constant.metrics().get("accuracy")).isLessThan(0.7);
    }

    @Test
    void bagOfWordsLearnsTheOrderOfTwoNeighbours() {
        // "oak elm" against "elm oak": single words cannot tell them apart
        List<LabelledExample> examples = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String middle = i % 2 == 0 ? "oak elm" : "elm oak";
            examples.add(example(i, WORDS.get(2 + i % 6) + " " + middle, null, i % 2));
        }
        LabelledSplit split = new LabelledSplit("train", examples);
        Task task = task(TWO, false, Metrics.ACCURACY);
        assertThat(BaselineScore.of(new BagOfWordsBaseline(), task, split, split)
                        .metrics()
                        .get("accuracy"))
                .isEqualTo(1.0);
    }

    @Test
    void bagOfWordsSeesTheOverlapOfWordsNeverSeenInTraining() {
        Task task = task(SCALE, true, Metrics.PEARSON);
        LabelledSplit train = overlapSplit(3, 300, "a");
        LabelledSplit dev = overlapSplit(4, 100, "b"); // no word in common with train
        double pearson = BaselineScore.of(new BagOfWordsBaseline(), task, train, dev)
                .metrics()
                .get("pearson");
        assertThat(pearson).isGreaterThan(0.9);
    }

    @Test
    void predictionsOfAScaleStayOnIt() {
        Task task = task(SCALE, true, Metrics.PEARSON);
        float[] predicted = new BagOfWordsBaseline()
                .predict(
                        task,
                        overlapSplit(3, 50, "a"),
                        List.of(new TextInput("x", "", ""), new TextInput("y", "a0 a1", "a0 a1")));
        for (float value : predicted) {
            assertThat(value).isBetween(0f, 5f);
        }
    }

    @Test
    void equalDataGiveEqualBits() {
        Task task = task(TWO, false, Metrics.ACCURACY);
        List<TextInput> inputs =
                wordSplit(9, 50).examples().stream().map(LabelledExample::input).toList();
        assertThat(new BagOfWordsBaseline().predict(task, wordSplit(1, 80), inputs))
                .isEqualTo(new BagOfWordsBaseline().predict(task, wordSplit(1, 80), inputs));
    }

    @Test
    void gramsAreLowerCasedWordsAndNeighbours() {
        assertThat(Features.grams("The cat, THE")).containsExactly("the", "cat", ",", "the cat", "cat ,", ", the");
        assertThat(Features.grams("  ")).isEmpty();
    }

    private static Task task(Objective objective, boolean pair, Metric... metrics) {
        return new Task("test/task", "a task", pair, objective, List.of(metrics), List.of("dev"));
    }

    private static LabelledSplit split(float... targets) {
        List<LabelledExample> examples = new ArrayList<>();
        for (float target : targets) {
            examples.add(example(examples.size(), "text", null, target));
        }
        return new LabelledSplit("train", examples);
    }

    private static List<TextInput> inputs(int count) {
        return split(new float[count]).examples().stream()
                .map(LabelledExample::input)
                .toList();
    }

    /** Five words an example; "yes" where the first of the list is among them. */
    private static LabelledSplit wordSplit(long seed, int count) {
        Random random = new Random(seed);
        List<LabelledExample> examples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<String> words = new ArrayList<>();
            for (int j = 0; j < 5; j++) {
                words.add(WORDS.get(random.nextInt(WORDS.size())));
            }
            examples.add(example(i, String.join(" ", words), null, words.contains("oak") ? 1 : 0));
        }
        return new LabelledSplit("any", examples);
    }

    /** Pairs of five words of which as many as the score says are shared. */
    private static LabelledSplit overlapSplit(long seed, int count, String prefix) {
        Random random = new Random(seed);
        List<LabelledExample> examples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int shared = random.nextInt(6);
            StringBuilder first = new StringBuilder();
            StringBuilder second = new StringBuilder();
            for (int j = 0; j < 5; j++) {
                String word = prefix + random.nextInt(1000);
                first.append(word).append(' ');
                second.append(j < shared ? word : prefix + "x" + random.nextInt(1000))
                        .append(' ');
            }
            examples.add(example(i, first.toString(), second.toString(), shared));
        }
        return new LabelledSplit("any", examples);
    }

    private static LabelledExample example(int row, String first, @Nullable String second, float target) {
        return new LabelledExample(new TextInput("any-" + row, first, second), target);
    }
}
