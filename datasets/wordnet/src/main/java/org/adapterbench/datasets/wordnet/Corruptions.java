package org.adapterbench.datasets.wordnet;

import static org.adapterbench.datasets.wordnet.FunctionWords.DETERMINERS;
import static org.adapterbench.datasets.wordnet.FunctionWords.FINITE_AUXILIARIES;
import static org.adapterbench.datasets.wordnet.FunctionWords.FORMS_OF_BE;
import static org.adapterbench.datasets.wordnet.FunctionWords.MODALS;
import static org.adapterbench.datasets.wordnet.FunctionWords.PREPOSITIONS;
import static org.adapterbench.datasets.wordnet.FunctionWords.SUBJECTS;
import static org.adapterbench.datasets.wordnet.FunctionWords.isFunctionWord;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The corruptions of {@link Acceptability}. Each one breaks a rule of English grammar that does not depend on
 * meaning; contexts in which its result would be well-formed too are left out where closed word classes and
 * the dictionary can tell.
 */
final class Corruptions {

    private static final Map<String, String> OTHER_NUMBER = Map.of(
            "is", "are", "are", "is", "was", "were", "were", "was", "am", "are", "has", "have", "does", "do", "this",
            "these", "these", "this");
    private static final Map<String, String> OBJECT_CASE =
            Map.of("i", "me", "he", "him", "she", "her", "we", "us", "they", "them");
    private static final Map<String, String> SUBJECT_CASE = Map.of("me", "I", "him", "he", "us", "we", "them", "they");
    /** "A few people" and "few people" are both well-formed. */
    private static final Set<String> QUANTITIES =
            Set.of("few", "little", "lot", "great", "good", "hundred", "thousand", "million", "dozen", "couple");

    private static final Set<String> PLURAL_DETERMINERS = Set.of("these", "those", "many", "several");
    private static final Set<String> IRREALIS = Set.of("if", "wish", "wished", "though", "suppose");

    private final VerbForms verbs;

    Corruptions(VerbForms verbs) {
        this.verbs = verbs;
    }

    List<Corruption> all() {
        return List.of(
                at("word order", this::wordOrder),
                at("missing word", this::missingWord),
                at("additional word", Corruptions::additionalWord),
                at("agreement", Corruptions::agreement),
                at("determiner", this::determiner),
                at("verb form", this::verbForm),
                at("pronoun case", Corruptions::pronounCase),
                at("preposition", this::preposition));
    }

    private interface AtWord {
        List<Phrase> results(Phrase phrase, int index);
    }

    private static Corruption at(String name, AtWord atWord) {
        return new Corruption() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public List<Phrase> results(Phrase phrase) {
                List<Phrase> results = new ArrayList<>();
                for (int i = 0; i < phrase.size(); i++) {
                    results.addAll(atWord.results(phrase, i));
                }
                return results;
            }
        };
    }

    /** "Dog the": a determiner or preposition after the plain word that it should precede. */
    private List<Phrase> wordOrder(Phrase phrase, int i) {
        String word = phrase.lower(i);
        boolean moves = DETERMINERS.contains(word) || PREPOSITIONS.contains(word);
        if (!moves || !followedByPlainContent(phrase, i)) {
            return List.of();
        }
        return List.of(phrase.swapped(i));
    }

    /** "In state of shock": without article, "of", "to", or form of "be". */
    private List<Phrase> missingWord(Phrase phrase, int i) {
        String word = phrase.lower(i);
        if (i + 1 >= phrase.size()) {
            return List.of();
        }
        String next = phrase.lower(i + 1);
        boolean article = (word.equals("a") || word.equals("an")) && !QUANTITIES.contains(next);
        boolean link = i > 0 && (word.equals("of") || word.equals("to")) && phrase.isPlain(i - 1);
        boolean be = i > 0 && FORMS_OF_BE.contains(word) && !next.endsWith("ed") && !SUBJECTS.contains(next);
        return article || link || be ? List.of(phrase.removed(i)) : List.of();
    }

    /** "He the was": an article or "of" where none can stand, before an auxiliary or a preposition. */
    private static List<Phrase> additionalWord(Phrase phrase, int i) {
        String word = phrase.lower(i);
        if (i == 0 || !phrase.isPlain(i - 1)) {
            return List.of();
        }
        if (FINITE_AUXILIARIES.contains(word)) {
            return List.of(phrase.inserted(i, "the"), phrase.inserted(i, "of"), phrase.inserted(i, "a"));
        }
        return PREPOSITIONS.contains(word) ? List.of(phrase.inserted(i, "the"), phrase.inserted(i, "a")) : List.of();
    }

    /** "She were": the other number. */
    private static List<Phrase> agreement(Phrase phrase, int i) {
        String other = OTHER_NUMBER.get(phrase.lower(i));
        boolean irrealis = phrase.words().stream().anyMatch(IRREALIS::contains);
        boolean second = i > 0 && phrase.lower(i - 1).equals("you")
                || i + 1 < phrase.size() && phrase.lower(i + 1).equals("you");
        return other == null || irrealis || second || i + 1 == phrase.size()
                ? List.of()
                : List.of(phrase.replaced(i, other));
    }

    /** "These dog", "a dogs", "an dog". */
    private List<Phrase> determiner(Phrase phrase, int i) {
        String word = phrase.lower(i);
        if (i + 1 >= phrase.size() || !phrase.isPlain(i + 1)) {
            return List.of();
        }
        String next = phrase.lower(i + 1);
        if (PLURAL_DETERMINERS.contains(word) && (i == 0 || !phrase.lower(i - 1).equals("the"))) {
            return List.of(phrase.replaced(i, "a"));
        }
        if (!(word.equals("a") || word.equals("an")) || QUANTITIES.contains(next)) {
            return List.of();
        }
        List<Phrase> results = new ArrayList<>();
        if (verbs.isNoun(next)) {
            results.add(phrase.replaced(i, "these"));
            results.add(phrase.replaced(i, "many"));
        }
        // Sound and spelling disagree in "an hour", "a unit", "a one-off".
        if (!next.matches("[huoe].*")) {
            results.add(phrase.replaced(i, word.equals("a") ? "an" : "a"));
        }
        return results;
    }

    /** "He can swims", "she go", "they has walk", "we was tap". */
    private List<Phrase> verbForm(Phrase phrase, int i) {
        if (i == 0 || !phrase.isPlain(i)) {
            return List.of();
        }
        String before = phrase.lower(i - 1);
        String word = phrase.lower(i);
        boolean infinitive = before.equals("to") && !verbs.isNoun(word);
        if ((MODALS.contains(before) || infinitive) && verbs.isVerb(word)) {
            return VerbForms.inflected(word).stream()
                    .map(form -> phrase.replaced(i, form))
                    .toList();
        }
        if (before.equals("he") || before.equals("she") || before.equals("it")) {
            return verbs.base(word, "s").stream()
                    .map(base -> phrase.replaced(i, base))
                    .toList();
        }
        if (SUBJECTS.contains(before) && verbs.isVerb(word) && !isFunctionWord(word)) {
            return List.of(phrase.replaced(i, VerbForms.thirdPerson(word)));
        }
        if (FORMS_OF_BE.contains(before)) {
            return verbs.base(word, "ing").stream()
                    .map(base -> phrase.replaced(i, base))
                    .toList();
        }
        return before.equals("has") || before.equals("have") || before.equals("had")
                ? verbs.base(word, "ed").stream()
                        .map(base -> phrase.replaced(i, base))
                        .toList()
                : List.of();
    }

    /** "Him was late", "with he". */
    private static List<Phrase> pronounCase(Phrase phrase, int i) {
        String word = phrase.lower(i);
        if (SUBJECTS.contains(word) && i + 1 < phrase.size()) {
            return List.of(phrase.replaced(i, OBJECT_CASE.get(word)));
        }
        boolean afterPreposition = i > 0 && PREPOSITIONS.contains(phrase.lower(i - 1));
        return afterPreposition && SUBJECT_CASE.containsKey(word)
                ? List.of(phrase.replaced(i, SUBJECT_CASE.get(word)))
                : List.of();
    }

    /** "A state at mind", "able of swim", "live of town". */
    private List<Phrase> preposition(Phrase phrase, int i) {
        String word = phrase.lower(i);
        if (i == 0 || i + 1 >= phrase.size() || !phrase.isPlain(i + 1) || !phrase.isPlain(i - 1)) {
            return List.of();
        }
        String next = phrase.lower(i + 1);
        if (word.equals("to") && verbs.isVerb(next) && !verbs.isNoun(next)) {
            return List.of(phrase.replaced(i, "of"), phrase.replaced(i, "at"), phrase.replaced(i, "for"));
        }
        if (word.equals("of")) {
            return List.of(phrase.replaced(i, "at"), phrase.replaced(i, "into"), phrase.replaced(i, "until"));
        }
        boolean afterNoun = verbs.isNoun(phrase.lower(i - 1));
        return PREPOSITIONS.contains(word) && !word.equals("to") && !afterNoun
                ? List.of(phrase.replaced(i, "of"))
                : List.of();
    }

    private static boolean followedByPlainContent(Phrase phrase, int i) {
        return i + 1 < phrase.size() && phrase.isPlain(i + 1) && !isFunctionWord(phrase.lower(i + 1));
    }
}
