package org.adapterbench.datasets.wordnet;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.adapterbench.api.task.LabelledExample;
import org.adapterbench.api.task.Objective;
import org.adapterbench.api.task.Task;
import org.adapterbench.api.task.TextInput;
import org.adapterbench.datasets.metric.Metrics;
import org.adapterbench.datasets.wordnet.Substitution.Substitute;

/**
 * Do two phrases mean the same? The second is the first with one word replaced: by a synonym of the sense that
 * the phrase illustrates, or by a word for something beside it under the same hypernym or for its opposite. Only
 * words that have both kinds of substitute are used, so that neither text alone gives the answer away.
 */
final class Paraphrase implements Construction {

    private static final String NAME = "wordnet/paraphrase";
    private static final int FEWEST_WORDS = 3;
    private static final int MOST_WORDS = 14;

    @Override
    public Task task() {
        return new Task(
                NAME,
                "do the two phrases mean the same?",
                true,
                new Objective.Classification(List.of("different", "paraphrase")),
                List.of(Metrics.ACCURACY, Metrics.F1_POSITIVE),
                List.of("dev"));
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public int devExamples() {
        return 1_500;
    }

    @Override
    public List<Unit> units(WordNet wordNet) {
        Substitution substitution = new Substitution(wordNet);
        Set<String> seen = new HashSet<>();
        List<Unit> units = new ArrayList<>();
        for (Synset synset : wordNet.synsets()) {
            for (int i = 0; i < synset.examples().size(); i++) {
                unit(substitution, synset, i)
                        .filter(unit -> addTexts(seen, unit))
                        .ifPresent(units::add);
            }
        }
        return units;
    }

    /** Whether both texts are new; they count as seen afterwards. */
    private static boolean addTexts(Set<String> seen, Unit unit) {
        TextInput input = unit.examples().get(0).input();
        String second = input.second();
        return second != null && seen.add(Division.textKey(input.first())) && seen.add(Division.textKey(second));
    }

    private static Optional<Unit> unit(Substitution substitution, Synset synset, int number) {
        String text = synset.examples().get(number);
        Phrase phrase = Phrase.of(text);
        if (phrase.size() < FEWEST_WORDS || phrase.size() > MOST_WORDS) {
            return Optional.empty();
        }
        return Substitution.place(phrase, synset).flatMap(place -> {
            String word = phrase.words().get(place);
            List<Substitute> synonyms = substitution.synonyms(synset, word);
            List<Substitute> distractors = substitution.distractors(synset, word);
            if (synonyms.isEmpty() || distractors.isEmpty()) {
                return Optional.empty();
            }
            String id = synset.id() + "." + number;
            int label = Lottery.below(2, NAME, "label", id);
            Substitute substitute = Lottery.pick(label == 1 ? synonyms : distractors, NAME, "substitute", id);
            TextInput input = new TextInput(id, text, substituted(phrase, place, substitute.word()));
            return Optional.of(new Unit(
                    id,
                    Set.copyOf(List.of(synset.id(), substitute.synset().id())),
                    List.of(new LabelledExample(input, label))));
        });
    }

    /** The phrase with the word replaced and an indefinite article before it made to fit. */
    private static String substituted(Phrase phrase, int place, String word) {
        Phrase replaced = phrase.replaced(place, word);
        boolean article = place > 0 && phrase.lower(place - 1).matches("an?");
        return (article ? replaced.replaced(place - 1, word.matches("[aeiou].*") ? "an" : "a") : replaced).text();
    }
}
