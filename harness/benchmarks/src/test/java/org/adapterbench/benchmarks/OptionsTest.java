package org.adapterbench.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.adapterbench.api.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    private static final List<String> KEYS = List.of("method", "settings", "pairs");

    @Test
    void oneArgumentHoldsSeveralWordsAndJsonKeepsItsQuotesAndBlanks() {
        Options options = Options.parse(
                "reuse", List.of("method=lora settings={\"layers\": \"last-4\", \"rank\": 8}  pairs=3"), KEYS);

        assertThat(options.word("settings", "")).isEqualTo("{\"layers\": \"last-4\", \"rank\": 8}");
        assertThat(options.required("method", KEYS)).isEqualTo("lora");
        assertThat(options.number("pairs", 10)).isEqualTo(3);
    }

    @Test
    void anEmptyArgumentGivesNothing() {
        assertThat(Options.parse("reuse", List.of(""), KEYS).values()).isEmpty();
    }

    @Test
    void unknownAndMissingKeysAreNamedInOneLine() {
        assertThatThrownBy(() -> Options.parse("reuse", List.of("pair=3"), KEYS))
                .isInstanceOf(UserError.class)
                .hasMessage("bench reuse: unknown key 'pair'; did you mean 'pairs'? (known: method, pairs, settings)");
        assertThatThrownBy(() -> Options.parse("reuse", List.of("lora"), KEYS))
                .isInstanceOf(UserError.class)
                .hasMessage("bench reuse: 'lora' (allowed: KEY=VALUE with the keys method, settings, pairs)");
        assertThatThrownBy(() -> Options.parse("reuse", List.of(""), KEYS).required("method", List.of("full", "lora")))
                .isInstanceOf(UserError.class)
                .hasMessage("bench reuse: method= is missing (allowed: full, lora)");
    }

    @Test
    void settingsAreJsonAndSharesBelowOne() {
        Options options = Options.parse("reuse", List.of("settings={\"rank\": 8, \"dropout\": 0.5}", "pairs=1"), KEYS);

        assertThat(options.settings("settings", "{}")).isEqualTo(Map.of("rank", 8, "dropout", 0.5));
        assertThat(options.share("method", 0.1)).isEqualTo(0.1);
        assertThatThrownBy(() -> options.share("pairs", 0.1))
                .hasMessage("bench reuse: pairs=1 (allowed: a number from 0 to below 1)");
        assertThatThrownBy(() ->
                        Options.parse("reuse", List.of("settings={rank"), KEYS).settings("settings", "{}"))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("bench reuse: settings={rank (allowed: JSON as");
    }

    @Test
    void numbersAreWholeAndWhereItMattersNotNothing() {
        Options options = Options.parse("reuse", List.of("pairs=0", "method=-1"), KEYS);

        assertThatThrownBy(() -> options.number("pairs", 10))
                .hasMessage("bench reuse: pairs=0 (allowed: a whole number from 1 to 100000)");
        assertThatThrownBy(() -> options.whole("method", 10))
                .hasMessage("bench reuse: method=-1 (allowed: a whole number from 0 to 100000)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"4000000000", "abc", "64,0", "64,", ",", "-5"})
    void listsOfNumbersAreCheckedOneByOne(String lengths) {
        Options options = Options.parse("reuse", List.of("pairs=" + lengths), KEYS);

        assertThatThrownBy(() -> options.numbers("pairs", List.of("64")))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("bench reuse: pairs=")
                .hasMessageContaining("(allowed: ");
    }

    @Test
    void settingsHoldListsAndAreAnObject() {
        Options options = Options.parse("reuse", List.of("settings={\"layers\": [8, 9], \"all\": true}"), KEYS);

        assertThat(options.settings("settings", "{}")).isEqualTo(Map.of("layers", List.of(8, 9), "all", true));
        assertThatThrownBy(() ->
                        Options.parse("reuse", List.of("settings=[1]"), KEYS).settings("settings", "{}"))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("bench reuse: settings=[1] (allowed: JSON as");
    }

    @Test
    void aKeyStandsOnce() {
        assertThatThrownBy(() -> Options.parse("reuse", List.of("pairs=1 pairs=2"), KEYS))
                .isInstanceOf(UserError.class)
                .hasMessage("bench reuse: pairs= stands there twice (allowed: once)");
    }
}
