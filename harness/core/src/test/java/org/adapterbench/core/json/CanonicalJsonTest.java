package org.adapterbench.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.math.BigDecimal;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalJsonTest {

    /** Appendix B of RFC 8785: IEEE-754 bits and the text that every implementation must write. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            0000000000000000, 0
            8000000000000000, 0
            0000000000000001, 5e-324
            8000000000000001, -5e-324
            7fefffffffffffff, 1.7976931348623157e+308
            ffefffffffffffff, -1.7976931348623157e+308
            4340000000000000, 9007199254740992
            c340000000000000, -9007199254740992
            4430000000000000, 295147905179352830000
            44b52d02c7e14af5, 9.999999999999997e+22
            44b52d02c7e14af6, 1e+23
            44b52d02c7e14af7, 1.0000000000000001e+23
            444b1ae4d6e2ef4e, 999999999999999700000
            444b1ae4d6e2ef4f, 999999999999999900000
            444b1ae4d6e2ef50, 1e+21
            3eb0c6f7a0b5ed8c, 9.999999999999997e-7
            3eb0c6f7a0b5ed8d, 0.000001
            41b3de4355555553, 333333333.3333332
            41b3de4355555557, 333333333.33333343
            becbf647612f3696, -0.0000033333333333333333
            43143ff3c1cb0959, 1424953923781206.2
            """)
    void realsAreWrittenAsTheStandardHasThem(String bits, String text) {
        assertThat(CanonicalJson.real(Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16))))
                .isEqualTo(text);
    }

    @Test
    void everyRealComesBackWithTheSameBits() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 20_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value) && value != 0) {
                assertThat(Double.parseDouble(CanonicalJson.real(value))).isEqualTo(value);
            }
        }
    }

    @Test
    void aRealThatPassesForCanonicalIs() {
        SplittableRandom random = new SplittableRandom(2);
        int passed = 0;
        for (int i = 0; i < 20_000; i++) {
            BigDecimal decimal = BigDecimal.valueOf(random.nextLong(-100_000, 100_000), random.nextInt(1, 12));
            for (String text : List.of(decimal.toPlainString(), decimal.toString(), decimal.toPlainString() + "0")) {
                if (text.contains(".") && CanonicalJson.canonical(text)) {
                    assertThat(text).isEqualTo(CanonicalJson.real(Double.parseDouble(text)));
                    passed++;
                }
            }
        }
        assertThat(passed).isGreaterThan(10_000);
    }

    @Test
    void theMembersOfAnObjectMakeItsCanonicalText() throws JsonProcessingException {
        String text = "{\"b\": {\"y\": 1.50, \"x\": \"a b\"}, \"a\": [], \"\\n\": -0.0}";

        assertThat(CanonicalJson.object(CanonicalJson.members(text)))
                .isEqualTo("{\"\\n\":0,\"a\":[],\"b\":{\"x\":\"a b\",\"y\":1.5}}")
                .isEqualTo(CanonicalJson.of(Json.tree(text)));
        assertThat(CanonicalJson.object(CanonicalJson.members("{}"))).isEqualTo("{}");
        for (String none : List.of("[]", "{} {}", "{", "{\"a\":1e999}", "{\"a\":1,\"a\":1}")) {
            assertThatThrownBy(() -> CanonicalJson.members(none)).isInstanceOf(JsonProcessingException.class);
        }
    }

    @Test
    void keysAreSortedAndSpacesDropped() throws JsonProcessingException {
        String text = "{ \"b\": [1, 2.50, null, true], \"a\": {\"z\": \"\\u0041\\n\\u001f\\\"é\", \"\": 1e2} }";

        assertThat(CanonicalJson.of(Json.tree(text)))
                .isEqualTo("{\"a\":{\"\":100,\"z\":\"A\\n\\u001f\\\"é\"},\"b\":[1,2.5,null,true]}");
    }
}
