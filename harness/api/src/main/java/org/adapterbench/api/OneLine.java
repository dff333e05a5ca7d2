package org.adapterbench.api;

import java.util.Locale;
import java.util.regex.Pattern;

/** Makes whatever text fit for one line of a terminal: messages quote names from files that anybody may have made. */
public final class OneLine {

    private static final int LONGEST = 1_800;
    private static final int KEPT_END = 400;
    private static final Pattern LINE_BREAK = Pattern.compile("\\s*\\R\\s*");

    private OneLine() {}

    /**
     * Line breaks become spaces; control characters, direction marks and broken surrogates become their code points
     * in brackets; of an endless text the middle is left out, since its ends say where and what is allowed.
     */
    public static String of(String text) {
        String shown = text.length() <= LONGEST
                ? text
                : text.substring(0, LONGEST - KEPT_END) + " ... " + text.substring(text.length() - KEPT_END);
        StringBuilder line = new StringBuilder();
        LINE_BREAK.matcher(shown).replaceAll(" ").codePoints().forEach(c -> append(line, c));
        return line.toString();
    }

    private static void append(StringBuilder line, int codePoint) {
        switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE ->
                line.append(codePoint == '\t' ? " " : String.format(Locale.ROOT, "[U+%04X]", codePoint));
            default -> line.appendCodePoint(codePoint);
        }
    }
}
