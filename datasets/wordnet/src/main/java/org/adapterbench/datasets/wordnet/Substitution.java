package org.adapterbench.datasets.wordnet;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Words that may take the place of another word in an example phrase. */
final class Substitution {

    /**
     * A word with the synset that it is taken from.
     *
     * @param word   lower-case letters, one or two words
     * @param synset its meaning
     */
    record Substitute(String word, Synset synset) {}

    /** Spelling variants and derivations ("normalise", "unorganised") start or end alike and are too easy. */
    private static final int LIKE_LETTERS = 4;

    private final WordNet wordNet;
    private final Map<String, Set<String>> senses = new HashMap<>();

    Substitution(WordNet wordNet) {
        this.wordNet = wordNet;
        for (Synset synset : wordNet.synsets()) {
            synset.words()
                    .forEach(word ->
                            senses.computeIfAbsent(word, w -> new HashSet<>()).add(synset.id()));
        }
    }

    /** The first plain word of the phrase that has the synset's meaning. */
    static Optional<Integer> place(Phrase phrase, Synset synset) {
        for (int i = 0; i < phrase.size(); i++) {
            if (phrase.isPlain(i) && synset.words().contains(phrase.words().get(i))) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    /** The other words of the same meaning. */
    List<Substitute> synonyms(Synset synset, String word) {
        return words(synset, word).toList();
    }

    /** Words of neighbouring meanings that share no meaning at all with the given word. */
    List<Substitute> distractors(Synset synset, String word) {
        return neighbours(synset)
                .filter(neighbour -> !neighbour.id().equals(synset.id()))
                .flatMap(neighbour -> words(neighbour, word))
                .filter(substitute ->
                        senses.get(substitute.word()).stream().noneMatch(senses.get(word)::contains))
                .toList();
    }

    private static Stream<Substitute> words(Synset synset, String word) {
        return synset.words().stream()
                .filter(other -> other.matches("[a-z]+( [a-z]+)?") && !alike(other, word))
                .map(other -> new Substitute(other, synset));
    }

    private static boolean alike(String a, String b) {
        int letters = Math.min(LIKE_LETTERS, Math.min(a.length(), b.length()));
        return a.startsWith(b.substring(0, letters)) || a.endsWith(b.substring(b.length() - letters));
    }

    /** Antonyms and siblings; for an adjective like another one also the latter's opposite and what is like that. */
    private Stream<Synset> neighbours(Synset synset) {
        Stream<Synset> siblings =
                wordNet.parents(synset).stream().flatMap(parent -> wordNet.children(parent).stream());
        Stream<Synset> opposites = Stream.concat(Stream.of(synset), related(synset, "&"))
                .flatMap(head -> related(head, "!"))
                .flatMap(opposite -> Stream.concat(Stream.of(opposite), related(opposite, "&")));
        return Stream.concat(opposites, siblings);
    }

    private Stream<Synset> related(Synset synset, String symbol) {
        return synset.targets(symbol).stream().map(wordNet::get);
    }
}
