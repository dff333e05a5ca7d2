package org.adapterbench.datasets.wordnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WordNetTest {

    @Test
    void aLineOfADataFileBecomesASynset() {
        String line = "00000123 06 n 02 ship_lamp 0 beacon(p) 1 002 @ 00000100 n 0000 ~ 00000150 n 0000 "
                + "| a lamp for ships; \"the beacon shone\"  ";
        Synset synset = WordNet.parse(line, 'n');
        assertThat(synset)
                .isEqualTo(new Synset(
                        "n00000123",
                        6,
                        List.of("ship lamp", "beacon"),
                        List.of(new Synset.Pointer("@", "n00000100"), new Synset.Pointer("~", "n00000150")),
                        "a lamp for ships",
                        List.of("the beacon shone")));
    }

    @Test
    void theNumberOfWordsIsHexadecimal() {
        String words = "w 0 ".repeat(16);
        Synset synset = WordNet.parse("00000123 06 n 10 " + words + "000 | a lamp", 'n');
        assertThat(synset.words()).hasSize(16);
    }

    @Test
    void theWholeDictionaryIsRead() {
        assertThat(BuiltSuite.wordNet().synsets()).hasSize(117_791);
        assertThat(BuiltSuite.wordNet().synsets().stream()
                        .mapToInt(synset -> synset.examples().size())
                        .sum())
                .isGreaterThan(48_000);
    }
}
