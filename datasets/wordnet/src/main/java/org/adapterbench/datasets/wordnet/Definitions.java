package org.adapterbench.datasets.wordnet;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The texts that definitions are shown as: the first clause. A text that several synsets share belongs to the
 * first of them alone.
 */
final class Definitions {

    private static final Pattern WORD = Pattern.compile("[^a-z]+");

    private final Map<String, String> texts = new HashMap<>();

    Definitions(WordNet wordNet, int fewestWords, int mostWords) {
        Set<String> seen = new HashSet<>();
        for (Synset synset : wordNet.nouns()) {
            String text = firstClause(synset.definition());
            int words = text.split(" ").length;
            if (words >= fewestWords && words <= mostWords && seen.add(Division.textKey(text))) {
                texts.put(synset.id(), text);
            }
        }
    }

    /** The synset's text, empty where it has none of its own or none of fitting length. */
    Optional<String> of(Synset synset) {
        return Optional.ofNullable(texts.get(synset.id()));
    }

    /** Whether the synset's text contains a word of the other synset's names, in singular or plural. */
    boolean names(Synset synset, Synset named) {
        String text = texts.get(synset.id());
        return text != null
                && named.words().stream()
                        .flatMap(name -> WORD.splitAsStream(Division.textKey(name)))
                        .anyMatch(name -> WORD.splitAsStream(Division.textKey(text))
                                .anyMatch(word -> singular(word).equals(singular(name))));
    }

    private static String singular(String word) {
        return word.endsWith("es")
                ? word.substring(0, word.length() - 2)
                : word.endsWith("s") || word.endsWith("e") ? word.substring(0, word.length() - 1) : word;
    }

    /** What stands before the first semicolon outside parentheses: more clauses add length, seldom meaning. */
    static String firstClause(String definition) {
        int open = 0;
        for (int i = 0; i < definition.length(); i++) {
            char c = definition.charAt(i);
            open += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ';' && open == 0 && i > 0) {
                return definition.substring(0, i).strip();
            }
        }
        return definition;
    }
}
