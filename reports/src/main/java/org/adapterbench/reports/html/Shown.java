package org.adapterbench.reports.html;

import java.util.Locale;
import java.util.stream.Collectors;
import org.adapterbench.reports.Numbers;
import org.adapterbench.reports.SpecText;

/** Values as a reader sees them. */
final class Shown {

    private static final int SHORT_HASH = 12;
    private static final String NOTHING = "–";

    private Shown() {}

    /**
     * Text with nothing invisible in it: control characters, direction marks and broken surrogates become
     * their code points in brackets, so that no name can pass for another one or reorder the page.
     */
    static String text(String text) {
        return text.codePoints().mapToObj(Shown::character).collect(Collectors.joining());
    }

    private static String character(int codePoint) {
        boolean visible = switch (Character.getType(codePoint)) {
            case Character.CONTROL -> codePoint == '\n' || codePoint == '\t';
            case Character.FORMAT, Character.SURROGATE -> false;
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
        if (visible) {
            return Character.toString(codePoint);
        }
        return codePoint == '\r' ? "" : String.format(Locale.ROOT, "[U+%04X]", codePoint);
    }

    /** The first digits of a hash: enough to tell two apart. */
    static String hash(String hash) {
        return text(hash.length() <= SHORT_HASH ? hash : hash.substring(0, SHORT_HASH));
    }

    /** Text cut to a length that fits into a chart. */
    static String cut(String text, int length) {
        return text.codePointCount(0, text.length()) <= length
                ? text
                : text.substring(0, text.offsetByCodePoints(0, length - 1)) + "…";
    }

    /** A score. */
    static String score(double value) {
        return Numbers.fixed(value, 3);
    }

    /** An enum constant as words. */
    static String word(Enum<?> constant) {
        return SpecText.word(constant);
    }

    /** A number and its noun. */
    static String count(long number, String noun) {
        return Numbers.grouped(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /** Smallest and largest of some counts, or the one that they all are. */
    static String range(long least, long most) {
        return least == most ? Numbers.grouped(least) : Numbers.grouped(least) + " to " + Numbers.grouped(most);
    }

    /** A part of a whole in percent. */
    static String share(double part, double whole) {
        if (whole <= 0) {
            return NOTHING;
        }
        return Numbers.percent(100 * part / whole);
    }

    /** A time in seconds with a sensible number of decimals. */
    static String seconds(double seconds) {
        return Numbers.fixed(seconds, seconds >= 100 ? 0 : seconds >= 10 ? 1 : 2);
    }

    /** A time in milliseconds with a sensible number of decimals. */
    static String milliseconds(double seconds) {
        return Numbers.fixed(seconds * 1000, seconds >= 0.1 ? 0 : 1);
    }

    /** A rate with a sensible number of decimals. */
    static String rate(double perSecond) {
        return perSecond >= 100 ? Numbers.grouped(Math.round(perSecond)) : Numbers.fixed(perSecond, 1);
    }

    static String nothing() {
        return NOTHING;
    }
}
