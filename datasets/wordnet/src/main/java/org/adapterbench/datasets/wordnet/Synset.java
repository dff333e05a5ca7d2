package org.adapterbench.datasets.wordnet;

import java.util.List;

/**
 * One meaning in the dictionary.
 *
 * @param id           letter of the dictionary file and offset in it, for instance {@code n00001740}
 * @param lexicographer number of the lexicographer file, which names the broad class
 * @param words        the words that have this meaning, spaces restored
 * @param pointers     relations to other synsets, in the dictionary's order
 * @param definition   the gloss without its examples
 * @param examples     the example phrases, without quotation marks
 */
record Synset(
        String id,
        int lexicographer,
        List<String> words,
        List<Pointer> pointers,
        String definition,
        List<String> examples) {

    /**
     * A relation.
     *
     * @param symbol {@code @} hypernym, {@code ~} hyponym, {@code !} antonym, ...
     * @param target id of the other synset
     */
    record Pointer(String symbol, String target) {}

    Synset {
        words = List.copyOf(words);
        pointers = List.copyOf(pointers);
        examples = List.copyOf(examples);
    }

    boolean isNoun() {
        return id.charAt(0) == 'n';
    }

    /** Targets of the relations with one of these symbols. */
    List<String> targets(String... symbols) {
        List<String> wanted = List.of(symbols);
        return pointers.stream()
                .filter(pointer -> wanted.contains(pointer.symbol()))
                .map(Pointer::target)
                .toList();
    }
}
