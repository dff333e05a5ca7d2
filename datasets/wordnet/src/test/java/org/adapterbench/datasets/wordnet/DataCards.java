package org.adapterbench.datasets.wordnet;

import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.adapterbench.api.task.LabelledExample;
import org.adapterbench.api.task.LabelledSplit;
import org.adapterbench.api.task.Metric;
import org.adapterbench.api.task.Objective;
import org.adapterbench.api.task.SplitFacts;
import org.adapterbench.api.task.Task;
import org.adapterbench.api.task.TextInput;
import org.adapterbench.datasets.metric.BagOfWordsBaseline;
import org.adapterbench.datasets.metric.Baseline;
import org.adapterbench.datasets.metric.BaselineScore;
import org.adapterbench.datasets.metric.MajorityBaseline;

/** The figures at the end of a data card: everything that is counted or measured on the constructed splits. */
final class DataCards {

    /** The prose above this line is written by hand, everything below it by this class. */
    static final String MARKER = "<!-- Below: written by DataCardsTest; do not edit. -->\n";

    /** Baselines are trained on the first so many examples, the order of magnitude of an experiment. */
    private static final List<Integer> SIZES = List.of(1_000, 4_000);

    private DataCards() {}

    static String figures(Construction construction, Division division) {
        Task task = construction.task();
        StringBuilder card = new StringBuilder("\n## Figures\n\n");
        card.append("Construction version ").append(construction.version()).append(".\n\n");
        card.append("| split | examples | mean words | most words | ").append(columnOfTargets(task));
        card.append(" | content SHA-256 |\n|---|---|---|---|---|---|\n");
        for (LabelledSplit split : List.of(division.train(), division.dev())) {
            card.append(splitLine(task, split));
        }
        card.append("\n## Baselines on dev\n\n| baseline | trained on | ");
        card.append(task.metrics().stream().map(Metric::name).collect(Collectors.joining(" | ")));
        card.append(" |\n|---|---|")
                .append("---|".repeat(task.metrics().size()))
                .append('\n');
        card.append(baseline("majority", new MajorityBaseline(), task, division, division.train()));
        for (int size : SIZES) {
            card.append(baseline("bag of words", new BagOfWordsBaseline(), task, division, first(division, size)));
        }
        if (task.pair()) {
            card.append(oneText("bag of words, first text only", task, division, TextInput::first));
            card.append(oneText("bag of words, second text only", task, division, TextInput::second));
        }
        return card.toString();
    }

    private static String columnOfTargets(Task task) {
        return task.objective() instanceof Objective.Regression ? "mean of the scale" : "share of each label";
    }

    private static String splitLine(Task task, LabelledSplit split) {
        SplitFacts facts = WordNetTasks.facts(task, split);
        ToDoubleFunction<LabelledExample> words =
                e -> Stream.of(e.input().first(), e.input().second())
                        .filter(text -> text != null)
                        .mapToInt(text -> text.split(" ").length)
                        .sum();
        return String.format(
                Locale.ROOT,
                "| %s | %d | %.1f | %.0f | %s | `%s` |\n",
                split.name(),
                facts.rows(),
                split.examples().stream().mapToDouble(words).average().orElseThrow(),
                split.examples().stream().mapToDouble(words).max().orElseThrow(),
                targets(facts, split),
                facts.contentSha256());
    }

    private static String targets(SplitFacts facts, LabelledSplit split) {
        if (facts.labels().isEmpty()) {
            double mean = split.examples().stream()
                    .mapToDouble(LabelledExample::target)
                    .average()
                    .orElseThrow();
            return String.format(Locale.ROOT, "%.2f", mean);
        }
        return new TreeMap<>(facts.labels())
                .entrySet().stream()
                        .map(e -> String.format(
                                Locale.ROOT, "%s %.1f %%", e.getKey(), 100.0 * e.getValue() / facts.rows()))
                        .collect(Collectors.joining(", "));
    }

    private static LabelledSplit first(Division division, int size) {
        return new LabelledSplit("train", division.train().examples().subList(0, size));
    }

    private static String baseline(String name, Baseline baseline, Task task, Division division, LabelledSplit train) {
        BaselineScore score = BaselineScore.of(baseline, task, train, division.dev());
        String values = task.metrics().stream()
                .map(metric ->
                        String.format(Locale.ROOT, "%.3f", score.metrics().get(metric.name())))
                .collect(Collectors.joining(" | "));
        return String.format(
                Locale.ROOT, "| %s | %d | %s |\n", name, train.examples().size(), values);
    }

    private static String oneText(String name, Task task, Division division, Function<TextInput, String> text) {
        Task single = new Task(
                task.name(), task.description(), false, task.objective(), task.metrics(), task.evaluationSplits());
        Division shown =
                new Division(only(first(division, SIZES.get(SIZES.size() - 1)), text), only(division.dev(), text));
        return baseline(name, new BagOfWordsBaseline(), single, shown, shown.train());
    }

    private static LabelledSplit only(LabelledSplit split, Function<TextInput, String> text) {
        return new LabelledSplit(
                split.name(),
                split.examples().stream()
                        .map(e -> new LabelledExample(new TextInput(e.id(), text.apply(e.input()), null), e.target()))
                        .toList());
    }
}
