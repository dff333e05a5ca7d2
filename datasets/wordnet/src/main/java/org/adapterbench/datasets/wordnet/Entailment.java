package org.adapterbench.datasets.wordnet;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.adapterbench.api.task.LabelledExample;
import org.adapterbench.api.task.Objective;
import org.adapterbench.api.task.Task;
import org.adapterbench.api.task.TextInput;
import org.adapterbench.datasets.metric.Metrics;

/**
 * Does a definition entail that the defined thing is a kind of X? Each X is asked three times: about a kind of
 * X (entailment), about what X is a kind of (neutral: it may or may not be an X), and about something far from X
 * (contradiction). So the hypothesis alone says nothing at all. No premise contains a word of its hypothesis.
 */
final class Entailment implements Construction {

    private static final String NAME = "wordnet/entail";
    private static final List<String> LABELS = List.of("entailment", "neutral", "contradiction");
    /** Roles of persons seldom exclude each other, and the most general nouns are hardly defined by kind. */
    private static final Set<Integer> LEFT_OUT = Set.of(3, 18);

    private static final int ATTEMPTS = 40;

    @Override
    public Task task() {
        return new Task(
                NAME,
                "does the definition entail that it is a kind of the named thing?",
                true,
                new Objective.Classification(LABELS),
                List.of(Metrics.ACCURACY),
                List.of("dev"));
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public int devExamples() {
        return 1_500;
    }

    @Override
    public List<Unit> units(WordNet wordNet) {
        NounTree tree = new NounTree(wordNet);
        Definitions definitions = new Definitions(wordNet, 3, 16);
        Set<String> names = new HashSet<>();
        List<Unit> units = new ArrayList<>();
        for (Synset topic : wordNet.nouns()) {
            if (!LEFT_OUT.contains(topic.lexicographer()) && topic.targets("@").size() == 1) {
                premises(wordNet, tree, definitions, topic)
                        .filter(premises ->
                                names.add(Division.textKey(topic.words().get(0))))
                        .map(premises -> unit(definitions, topic, premises))
                        .ifPresent(units::add);
            }
        }
        return units;
    }

    /** One synset for each label, or nothing where the topic has no fitting neighbours. */
    private static Optional<List<Synset>> premises(
            WordNet wordNet, NounTree tree, Definitions definitions, Synset topic) {
        Random random = new Random(Lottery.ticket(NAME, topic.id()));
        Synset above = wordNet.parents(topic).get(0);
        Predicate<Synset> usable = synset -> definitions.of(synset).isPresent() && !definitions.names(synset, topic);
        if (topic.targets("~").isEmpty() || !usable.test(above)) {
            return Optional.empty();
        }
        List<Synset> kinds = wordNet.children(topic);
        Optional<Synset> below = draw(usable, () -> any(kinds, random));
        if (below.isEmpty()) {
            return Optional.empty();
        }
        List<Synset> nouns = tree.preorder();
        // Far from the topic, since neighbours in the tree do not always exclude each other.
        Predicate<Synset> separate = synset -> synset.targets("@i").isEmpty()
                && !LEFT_OUT.contains(synset.lexicographer())
                && tree.commonDepth(synset, topic) < tree.depth(above) - 1
                && !tree.ancestors(synset).contains(topic.id());
        Optional<Synset> other = draw(usable.and(separate), () -> any(nouns, random));
        return other.map(synset -> List.of(below.get(), above, synset));
    }

    private static Optional<Synset> draw(Predicate<Synset> usable, Supplier<Optional<Synset>> source) {
        return Stream.generate(source)
                .limit(ATTEMPTS)
                .flatMap(Optional::stream)
                .filter(usable)
                .findFirst();
    }

    private static Optional<Synset> any(List<Synset> synsets, Random random) {
        return synsets.isEmpty() ? Optional.empty() : Optional.of(synsets.get(random.nextInt(synsets.size())));
    }

    private static Unit unit(Definitions definitions, Synset topic, List<Synset> premises) {
        String hypothesis = "it is a kind of " + topic.words().get(0);
        List<LabelledExample> examples = new ArrayList<>();
        for (int label = 0; label < LABELS.size(); label++) {
            String premise = definitions.of(premises.get(label)).orElseThrow();
            TextInput input = new TextInput(topic.id() + "." + LABELS.get(label), premise, hypothesis);
            examples.add(new LabelledExample(input, label));
        }
        List<String> synsets = Stream.concat(Stream.of(topic), premises.stream())
                .map(Synset::id)
                .distinct()
                .toList();
        return new Unit(topic.id(), Set.copyOf(synsets), examples);
    }
}
