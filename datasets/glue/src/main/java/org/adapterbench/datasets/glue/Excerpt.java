package org.adapterbench.datasets.glue;

/** Shows foreign text in a message: short, on one line, and without control characters. */
final class Excerpt {

    private static final int MOST = 60;

    private Excerpt() {}

    static String of(String text) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < Math.min(MOST, text.length()); i++) {
            char c = text.charAt(i);
            shown.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
        }
        return text.length() > MOST ? shown.append("...").toString() : shown.toString();
    }
}
