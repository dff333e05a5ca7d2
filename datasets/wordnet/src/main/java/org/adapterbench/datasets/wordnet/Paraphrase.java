package org.adapterbench.datasets.wordnet;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.adapterbench.api.task.LabelledExample;
import org.adapterbench.api.task.Objective;
import org.adapterbench.api.task.Task;
import org.adapterbench.api.task.TextInput;
import org.adapterbench.datasets.metric.Metrics;

/**
 * Do a definition and an example phrase show the same meaning? Two synsets of one broad class give four pairs: each
 * definition with its own example and with the other's. So every text occurs once with each answer, and neither
 * text alone says anything.
 */
final class Paraphrase implements Construction {

    private static final String NAME = "wordnet/paraphrase";
    private static final int FEWEST_WORDS = 3;
    private static final int MOST_WORDS = 12;

    /** A synset with the two texts that it is shown by. */
    private record Shown(Synset synset, String definition, String example) {}

    @Override
    public Task task() {
        return new Task(
                NAME,
                "do the definition and the phrase show the same meaning?",
                true,
                new Objective.Classification(List.of("different", "same")),
                List.of(Metrics.ACCURACY, Metrics.F1_POSITIVE),
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
        Set<String> seen = new HashSet<>();
        Map<String, List<Shown>> byClass = new TreeMap<>();
        for (Synset synset : Lottery.shuffled(wordNet.synsets(), NAME, Synset::id)) {
            String broadClass = synset.id().charAt(0) + "." + synset.lexicographer();
            shown(synset, seen)
                    .ifPresent(texts -> byClass.computeIfAbsent(broadClass, c -> new ArrayList<>())
                            .add(texts));
        }
        List<Unit> units = new ArrayList<>();
        for (List<Shown> members : byClass.values()) {
            for (int i = 0; i + 1 < members.size(); i += 2) {
                units.add(unit(members.get(i), members.get(i + 1)));
            }
        }
        return units;
    }

    /** The synset's texts, where both have fitting length and have not been seen before. */
    private static Optional<Shown> shown(Synset synset, Set<String> seen) {
        String definition = Definitions.firstClause(synset.definition());
        return synset.examples().stream()
                .filter(example -> fits(example) && fits(definition))
                .findFirst()
                .filter(example -> !seen.contains(Division.textKey(example)) && seen.add(Division.textKey(definition)))
                .filter(example -> seen.add(Division.textKey(example)))
                .map(example -> new Shown(synset, definition, example));
    }

    private static boolean fits(String text) {
        int words = text.split(" ").length;
        return words >= FEWEST_WORDS && words <= MOST_WORDS;
    }

    private static Unit unit(Shown a, Shown b) {
        List<LabelledExample> pairs = List.of(pair(a, a), pair(b, b), pair(a, b), pair(b, a));
        return new Unit(
                a.synset().id() + "-" + b.synset().id(),
                Set.of(a.synset().id(), b.synset().id()),
                pairs);
    }

    private static LabelledExample pair(Shown defined, Shown illustrated) {
        String id = defined.synset().id() + "-" + illustrated.synset().id();
        return new LabelledExample(
                new TextInput(id, defined.definition(), illustrated.example()), defined == illustrated ? 1 : 0);
    }
}
