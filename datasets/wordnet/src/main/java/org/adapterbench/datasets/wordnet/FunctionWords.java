package org.adapterbench.datasets.wordnet;

import java.util.Set;

/** The closed classes of English that the corruptions of {@link Acceptability} work on; lower case. */
final class FunctionWords {

    static final Set<String> DETERMINERS = Set.of(
            "a", "an", "the", "this", "these", "those", "my", "your", "his", "its", "our", "their", "every", "each");

    static final Set<String> PREPOSITIONS = Set.of(
            "of", "in", "on", "at", "to", "from", "with", "by", "for", "into", "onto", "against", "between", "through",
            "during", "without", "among", "across", "toward", "towards", "upon", "until");

    static final Set<String> MODALS = Set.of("can", "could", "will", "would", "shall", "should", "might", "must");

    static final Set<String> FORMS_OF_BE = Set.of("is", "are", "was", "were", "am");

    static final Set<String> FINITE_AUXILIARIES = Set.of(
            "is", "are", "was", "were", "am", "has", "had", "does", "did", "can", "could", "will", "would", "shall",
            "should", "might", "must");

    static final Set<String> SUBJECTS = Set.of("i", "he", "she", "we", "they");

    private FunctionWords() {}

    static boolean isFunctionWord(String word) {
        return DETERMINERS.contains(word)
                || PREPOSITIONS.contains(word)
                || FINITE_AUXILIARIES.contains(word)
                || SUBJECTS.contains(word);
    }
}
