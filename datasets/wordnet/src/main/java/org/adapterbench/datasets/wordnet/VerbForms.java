package org.adapterbench.datasets.wordnet;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Regular verb forms, checked against the dictionary's verbs. */
final class VerbForms {

    private static final Pattern SIBILANT = Pattern.compile("(s|x|z|ch|sh|o)$");
    private static final Pattern CONSONANT_Y = Pattern.compile("[^aeiou]y$");
    private static final Pattern SILENT_E = Pattern.compile("[^aeio]e$");

    private final Set<String> verbs = new HashSet<>();
    private final Set<String> nouns = new HashSet<>();

    VerbForms(WordNet wordNet) {
        for (Synset synset : wordNet.synsets()) {
            if (synset.id().charAt(0) == 'v') {
                verbs.addAll(synset.words());
            } else if (synset.isNoun()) {
                nouns.addAll(synset.words());
            }
        }
    }

    boolean isVerb(String word) {
        return verbs.contains(word);
    }

    boolean isNoun(String word) {
        return nouns.contains(word);
    }

    /** The base form of a third person, past or participle in {@code -s}, {@code -ed}, {@code -ing}. */
    Optional<String> base(String form, String ending) {
        if (!form.endsWith(ending) || form.length() < ending.length() + 2 || form.endsWith("ss")) {
            return Optional.empty();
        }
        String stem = form.substring(0, form.length() - ending.length());
        int last = stem.length() - 1;
        Stream<String> candidates = Stream.of(
                last > 0 && stem.charAt(last) == stem.charAt(last - 1) ? stem.substring(0, last) : stem,
                stem,
                stem + "e",
                stem.endsWith("e") ? stem.substring(0, last) : stem,
                stem.endsWith("ie") || stem.endsWith("i") ? stem.replaceAll("ie?$", "y") : stem);
        return candidates.filter(verbs::contains).findFirst();
    }

    static String thirdPerson(String base) {
        if (SIBILANT.matcher(base).find()) {
            return base + "es";
        }
        return CONSONANT_Y.matcher(base).find() ? base.substring(0, base.length() - 1) + "ies" : base + "s";
    }

    /** Other forms that cannot stand where a base form must. */
    static List<String> inflected(String base) {
        String stem = SILENT_E.matcher(base).find() ? base.substring(0, base.length() - 1) : base;
        return List.of(thirdPerson(base), stem + "ing");
    }
}
