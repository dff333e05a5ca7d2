package org.adapterbench.datasets.wordnet;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A phrase as words, each with the punctuation that touches it; edits keep the case of the first letter.
 *
 * @param words at least one
 */
record Phrase(List<String> words) {

    Phrase {
        words = List.copyOf(words);
    }

    static Phrase of(String text) {
        return new Phrase(List.of(text.split(" ")));
    }

    String text() {
        return String.join(" ", words);
    }

    int size() {
        return words.size();
    }

    /** The word in lower case, punctuation kept, so that a word before a comma matches no closed class. */
    String lower(int index) {
        return words.get(index).toLowerCase(Locale.ROOT);
    }

    /** Whether the word is made of lower-case letters alone: no name, no number, no punctuation. */
    boolean isPlain(int index) {
        return words.get(index).chars().allMatch(c -> c >= 'a' && c <= 'z');
    }

    Phrase replaced(int index, String word) {
        List<String> edited = new ArrayList<>(words);
        edited.set(index, index == 0 ? casedLike(words.get(0), word) : word);
        return new Phrase(edited);
    }

    Phrase removed(int index) {
        List<String> edited = new ArrayList<>(words);
        String removed = edited.remove(index);
        if (index == 0) {
            edited.set(0, casedLike(removed, edited.get(0)));
        }
        return new Phrase(edited);
    }

    /** Inserts before a word other than the first. */
    Phrase inserted(int index, String word) {
        List<String> edited = new ArrayList<>(words);
        edited.add(index, word);
        return new Phrase(edited);
    }

    /** Exchanges a word with the one after it; the first of the two is a function word, so it may lose its capital. */
    Phrase swapped(int index) {
        List<String> edited = new ArrayList<>(words);
        String moved = edited.remove(index);
        if (index == 0) {
            edited.set(0, casedLike(moved, edited.get(0)));
        }
        edited.add(index + 1, moved.toLowerCase(Locale.ROOT));
        return new Phrase(edited);
    }

    private static String casedLike(String model, String word) {
        return Character.isUpperCase(model.charAt(0))
                ? word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1)
                : word;
    }
}
