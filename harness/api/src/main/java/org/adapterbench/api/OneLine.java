package org.adapterbench.api;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes whatever text fit for one line of a terminal: messages quote names from files that anybody may have made. */
public final class OneLine {

    private static final int LONGEST = 1_800;
    private static final int KEPT_END = 400;
    /** Of what stands in quotation marks; its ends are enough to find it. */
    private static final int LONGEST_QUOTED = 80;

    private static final int QUOTED_BEGINNING = 50;
    private static final int QUOTED_END = LONGEST_QUOTED - QUOTED_BEGINNING - " ... ".length();
    /** Not what stands between two apostrophes. */
    private static final Pattern QUOTED = Pattern.compile("(?<![\\p{L}\\p{N}])(?:'[^']*'(?!\\p{L})|\"[^\"]*\")");

    private static final Pattern LINE_BREAK = Pattern.compile("\\s*\\R\\s*");

    private OneLine() {}

    /**
     * Line breaks become spaces; control characters, direction marks and broken surrogates become their code points
     * in brackets; of an endless text, and of an endless value in it, the middle is left out, since the ends of the text
     * say where and what is allowed.
     */
    public static String of(String text) {
        StringBuilder line = new StringBuilder();
        LINE_BREAK.matcher(withoutMiddle(text)).replaceAll(" ").codePoints().forEach(c -> append(line, c));
        // Code points in brackets are longer than what they stand for.
        return withoutMiddle(withShortQuotes(line.toString()));
    }

    private static String withoutMiddle(String text) {
        return text.length() <= LONGEST
                ? text
                : text.substring(0, LONGEST - KEPT_END) + " ... " + text.substring(text.length() - KEPT_END);
    }

    private static String withShortQuotes(String text) {
        return QUOTED.matcher(text).replaceAll(found -> {
            String quoted = found.group();
            int end = quoted.length() - 1;
            return Matcher.quoteReplacement(
                    end - 1 <= LONGEST_QUOTED
                            ? quoted
                            : quoted.substring(0, 1 + QUOTED_BEGINNING) + " ... " + quoted.substring(end - QUOTED_END));
        });
    }

    private static void append(StringBuilder line, int codePoint) {
        switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE ->
                line.append(codePoint == '\t' ? " " : String.format(Locale.ROOT, "[U+%04X]", codePoint));
            default -> line.appendCodePoint(codePoint);
        }
    }
}
