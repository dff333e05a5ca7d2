package org.adapterbench.api.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.adapterbench.api.UserError;
import org.junit.jupiter.api.Test;

class SettingTest {

    private static final Setting WORDS =
            new Setting.Choices("targets", "what is adapted", List.of("query"), List.of("query", "value"));
    private static final Setting WORD =
            new Setting.Choice("basis", "what is factored", "warm", List.of("warm", "cold"));

    @Test
    void aMisspeltWordOfAListIsAnsweredWithTheNearest() {
        assertThatThrownBy(() -> WORDS.check("x.yaml:4", List.of("value", "quer")))
                .isInstanceOf(UserError.class)
                .hasMessage("x.yaml:4: [value, quer] is not allowed; did you mean 'query'? (allowed: a list of one or"
                        + " more of query, value)");
        assertThatThrownBy(() -> WORDS.check("x.yaml:4", "quer")).hasMessageContaining("did you mean 'query'?");
        assertThatThrownBy(() -> WORDS.check("x.yaml:4", List.of("value", "value")))
                .hasMessageNotContaining("did you mean");
    }

    @Test
    void aMisspeltWordIsAnsweredWithTheNearest() {
        assertThatThrownBy(() -> WORD.check("x.yaml:4", "worm"))
                .isInstanceOf(UserError.class)
                .hasMessage("x.yaml:4: worm is not allowed; did you mean 'warm'? (allowed: one of warm, cold)");
        assertThat(WORD.check("x.yaml:4", "cold")).isEqualTo("cold");
    }
}
