package org.adapterbench.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserErrorTest {

    private static final List<String> KNOWN =
            List.of("lora", "qr-lora", "minilm-l6", "bert-base-cased", "bert-base-uncased");

    @Test
    void whereNothingIsKnownTheMessageSaysSo() {
        assertThat(UserError.unknown("m.settings", "setting", "rank", List.of()))
                .hasMessage("m.settings: unknown setting 'rank' (known: none)");
    }

    @ParameterizedTest
    @CsvSource({
        "lroa, lora",
        "minilm, minilm-l6",
        "mini, minilm-l6",
        "bert-base-casd, bert-base-cased",
        // Two begin so, and neither is near.
        "bert, ''",
        "something, ''",
        "'', ''",
    })
    void theNearestNameIsOneThatDiffersLittleOrTheOnlyOneThatBeginsSo(String name, String nearest) {
        assertThat(UserError.nearest(name, KNOWN))
                .isEqualTo(nearest.isEmpty() ? "" : "; did you mean '" + nearest + "'?");
    }
}
