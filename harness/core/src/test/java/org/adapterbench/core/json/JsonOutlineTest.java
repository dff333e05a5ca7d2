package org.adapterbench.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class JsonOutlineTest {

    @Test
    void membersLoseTheWhiteSpaceBetweenTokensAndNothingElse() {
        assertThat(members(" { \"a b\" : [ 1, {\"c\" : \"} , \\\" é\"} ],\n\"d\":null }\n")
                        .orElseThrow())
                .isEqualTo(Map.of("a b", "[1,{\"c\":\"} , \\\" é\"}]", "d", "null"));
    }

    @Test
    void wholeRealsAreSpelledAsCanonicalOnes() {
        assertThat(members("{\"a\":16.0,\"b\":[1.0 , 2.00, 0.5, 10],\"c\":\"1.0\"}")
                        .orElseThrow())
                .isEqualTo(Map.of("a", "16", "b", "[1,2.00,0.5,10]", "c", "\"1.0\""));
    }

    @Test
    void whatIsEvidentlyNoObjectHasNoMembers() {
        for (String none : List.of(
                "",
                " ",
                "{}",
                "[]",
                "1",
                "\"\"",
                "{",
                "}",
                "{\"a\":1",
                "{\"a\":1}}",
                "{\"a\":1}1",
                "{\"a\"}",
                "{\"a\":\"",
                "{\"a\":\"\\",
                "{:1}",
                "{\"a\":1 2}",
                "{\"a\":tr ue}",
                "{\"a\":1 .5}",
                "{\"a\":1,}",
                "{\"a\":1,\"a\":2}")) {
            assertThat(members(none)).as(none).isEmpty();
        }
    }

    @Test
    void indentedTextIsTheSameJsonWithALineForEachMember() throws Exception {
        String dense = "{\"a\":[1,2.5,{\"b\":\"x, {y}\\\"\",\"c\":{}},[]],\"d\":null}";

        String indented = JsonOutline.indented(dense);

        assertThat(indented).isEqualTo("""
                {
                  "a" : [ 1, 2.5, {
                    "b" : "x, {y}\\"",
                    "c" : { }
                  }, [ ] ],
                  "d" : null
                }
                """);
        assertThat(Json.tree(indented)).isEqualTo(Json.tree(dense));
    }

    private static Optional<SortedMap<String, String>> members(String text) {
        return JsonOutline.members(text.getBytes(StandardCharsets.UTF_8));
    }
}
