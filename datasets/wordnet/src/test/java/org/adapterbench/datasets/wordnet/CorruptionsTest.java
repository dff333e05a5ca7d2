package org.adapterbench.datasets.wordnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorruptionsTest {

    private static final WordNet WORDS = new WordNet(List.of(
            word("n1", "lamp"),
            word("n2", "lamps"),
            word("n3", "harbor"),
            word("v4", "glow"),
            word("v5", "bake"),
            word("v6", "carry"),
            word("v7", "run")));
    private final Corruptions corruptions = new Corruptions(new VerbForms(WORDS));

    private static Synset word(String id, String word) {
        return new Synset(id, 3, List.of(word), List.of(), "", List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "word order, The lamp shone, Lamp the shone",
        "missing word, he bought a lamp, he bought lamp",
        "missing word, the lamp is old, the lamp old",
        "additional word, the lamp was old, the lamp of was old",
        "agreement, the lamps are old, the lamps is old",
        "agreement, This lamp shines, These lamp shines",
        "determiner, A lamp shines, These lamp shines",
        "determiner, a lamp shines, an lamp shines",
        "determiner, those lamps shine, a lamps shine",
        "verb form, they can glow brightly, they can glowing brightly",
        "verb form, they can bake bread, they can baking bread",
        "verb form, she carries water, she carry water",
        "verb form, they carry water, they carries water",
        "verb form, he was running home, he was run home",
        "verb form, he has glowed again, he has glow again",
        "pronoun case, He saw it, Him saw it",
        "pronoun case, come with me now, come with I now",
        "preposition, a pair of lamps, a pair until lamps",
        "preposition, want to bake bread, want for bake bread",
    })
    void breaksOneRule(String name, String phrase, String expected) {
        assertThat(texts(name, phrase)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "word order, sat by the, ",
        "word order, was he late, ",
        "missing word, a few lamps, ",
        "missing word, the lamp is painted, ",
        "agreement, if he were old, ",
        "agreement, were you there, ",
        "determiner, an hour ago, ",
        "verb form, he saw the lamp, ",
        "preposition, the lamp in harbor, ",
        "pronoun case, so did he, ",
    })
    void leavesAloneWhatWouldStayWellFormed(String name, String phrase, String unused) {
        assertThat(texts(name, phrase)).isEmpty();
    }

    private List<String> texts(String name, String phrase) {
        return corruptions.all().stream()
                .filter(corruption -> corruption.name().equals(name))
                .flatMap(corruption -> corruption.results(Phrase.of(phrase)).stream())
                .map(Phrase::text)
                .toList();
    }
}
