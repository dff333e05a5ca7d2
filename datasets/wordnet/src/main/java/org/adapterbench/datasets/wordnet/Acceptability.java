package org.adapterbench.datasets.wordnet;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.adapterbench.api.task.LabelledExample;
import org.adapterbench.api.task.Objective;
import org.adapterbench.api.task.Task;
import org.adapterbench.api.task.TextInput;
import org.adapterbench.datasets.metric.Metrics;

/**
 * Is the example phrase well-formed? One half of the phrases stays as it is, the other half is shown with one
 * grammatical error. A phrase to which no corruption applies is left out from both halves, so that having a
 * function word at all says nothing.
 */
final class Acceptability implements Construction {

    private static final String NAME = "wordnet/accept";
    private static final Pattern PLAIN_TEXT = Pattern.compile("[A-Za-z][A-Za-z ,'-]*[.!?]?");
    private static final int FEWEST_WORDS = 4;
    private static final int MOST_WORDS = 14;

    @Override
    public Task task() {
        return new Task(
                NAME,
                "is the phrase well-formed English?",
                false,
                new Objective.Classification(List.of("unacceptable", "acceptable")),
                List.of(Metrics.MATTHEWS, Metrics.ACCURACY),
                List.of("dev"));
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public int devExamples() {
        return 2_000;
    }

    @Override
    public List<Unit> units(WordNet wordNet) {
        List<Corruption> corruptions = new Corruptions(new VerbForms(wordNet)).all();
        Set<String> originals = new HashSet<>();
        wordNet.synsets().forEach(s -> s.examples().forEach(e -> originals.add(Division.textKey(e))));
        Set<String> seen = new HashSet<>();
        List<Unit> units = new ArrayList<>();
        for (Synset synset : wordNet.synsets()) {
            List<LabelledExample> examples = new ArrayList<>();
            for (int i = 0; i < synset.examples().size(); i++) {
                String id = synset.id() + "." + i;
                String original = synset.examples().get(i);
                if (isUsable(original) && seen.add(Division.textKey(original))) {
                    corrupted(corruptions, id, original, originals)
                            .map(corrupted -> one(id, original, corrupted))
                            .filter(e -> e.target() == 1
                                    || seen.add(Division.textKey(e.input().first())))
                            .ifPresent(examples::add);
                }
            }
            if (!examples.isEmpty()) {
                units.add(new Unit(synset.id(), Set.of(synset.id()), examples));
            }
        }
        return units;
    }

    private static boolean isUsable(String text) {
        int words = Phrase.of(text).size();
        return words >= FEWEST_WORDS
                && words <= MOST_WORDS
                && PLAIN_TEXT.matcher(text).matches();
    }

    /** Draws the kind of error first, so that rare kinds are not crowded out by frequent words. */
    private static Optional<String> corrupted(
            List<Corruption> corruptions, String id, String original, Set<String> originals) {
        Phrase phrase = Phrase.of(original);
        List<List<Phrase>> byKind = corruptions.stream()
                .map(corruption -> corruption.results(phrase))
                .filter(results -> !results.isEmpty())
                .toList();
        if (byKind.isEmpty()) {
            return Optional.empty();
        }
        String text = Lottery.pick(Lottery.pick(byKind, NAME, "kind", id), NAME, "place", id)
                .text();
        return originals.contains(Division.textKey(text)) ? Optional.empty() : Optional.of(text);
    }

    private static LabelledExample one(String id, String original, String corrupted) {
        int label = Lottery.below(2, NAME, "label", id);
        return new LabelledExample(new TextInput(id, label == 1 ? original : corrupted, null), label);
    }
}
