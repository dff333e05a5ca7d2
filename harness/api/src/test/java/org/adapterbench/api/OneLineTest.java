package org.adapterbench.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OneLineTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "a \\n  b | a b",
                "a\\r\\nb\\u2028c\\u0085d | a b c d",
                "\\u001b[2Jwiped | [U+001B][2Jwiped",
                "file\\u202Egpj.exe | file[U+202E]gpj.exe",
                "a\\0b\\ud800c | a[U+0000]b[U+D800]c",
                "a\\tb | a b",
                "Zo\\u00eb \\ud83d\\ude00 | Zo\\u00eb \\ud83d\\ude00"
            })
    void whatTerminalsWouldObeyIsShownAndNotSent(String text, String line) {
        assertThat(new UserError(unescaped(text))).hasMessage(unescaped(line));
        assertThat(new RunFailure(FailureKind.DATA, unescaped(text))).hasMessage(unescaped(line));
    }

    @Test
    void anEndlessTextLosesItsMiddle() {
        String message = new UserError("f.yaml:1: " + "x".repeat(1_000_000) + " (allowed: y)").getMessage();
        assertThat(message).hasSizeLessThan(2_000).startsWith("f.yaml:1: x").endsWith("x (allowed: y)");
    }

    @Test
    void aTextOfControlCharactersLosesItsMiddleToo() {
        assertThat(new UserError("f.yaml:1: " + "\0".repeat(1_000) + " (allowed: y)").getMessage())
                .hasSizeLessThan(2_000)
                .startsWith("f.yaml:1: [U+0000]")
                .endsWith("[U+0000] (allowed: y)");
        assertThat(new UserError("f.yaml:1: '" + "\0".repeat(80) + "' (allowed: y)").getMessage())
                .hasSizeLessThan(150);
    }

    @Test
    void aLongValueInQuotationMarksLosesItsMiddle() {
        String value = "begin" + "x".repeat(1_000) + "end";

        for (String mark : new String[] {"'", "\""}) {
            String message =
                    new UserError("f.yaml:1: " + mark + value + mark + " is no number (allowed: 'y')").getMessage();
            assertThat(message)
                    .hasSize("f.yaml:1: '' is no number (allowed: 'y')".length() + 80)
                    .startsWith("f.yaml:1: " + mark + "beginx")
                    .contains("x ... x")
                    .endsWith("xend" + mark + " is no number (allowed: 'y')");
        }
        String whole = "f.yaml:1: '" + "x".repeat(80) + "' is no number";
        assertThat(new UserError(whole)).hasMessage(whole);
    }

    @Test
    void whatStandsBetweenApostrophesIsNoValue() {
        String text = "training's values, " + "which are many, ".repeat(10) + "and the methods' own; './a.' "
                + "is ".repeat(40) + "not '/b'";

        assertThat(new UserError(text)).hasMessage(text);
    }

    private static String unescaped(String text) {
        String controls = text.replace("\\n", "\n")
                .replace("\\r", "\r")
                .replace("\\t", "\t")
                .replace("\\0", "\0");
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < controls.length(); i++) {
            if (controls.startsWith("\\u", i)) {
                out.append((char) Integer.parseInt(controls, i + 2, i + 6, 16));
                i += 5;
            } else {
                out.append(controls.charAt(i));
            }
        }
        return out.toString();
    }
}
