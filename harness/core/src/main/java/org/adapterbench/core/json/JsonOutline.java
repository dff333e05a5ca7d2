package org.adapterbench.core.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** JSON text taken apart and indented by its brackets alone: quick, but no judge of whether it is JSON. */
public final class JsonOutline {

    private static final String INDENT = "  ";

    private final byte[] in;
    private final byte[] dense;
    private final SortedMap<String, String> members = new TreeMap<>();
    private int length;
    private int begin = 1;
    private int colon;
    private int depth;
    private boolean gap;

    private JsonOutline(byte[] in) {
        this.in = in;
        this.dense = new byte[in.length];
    }

    /**
     * The members of an object as they are spelled, without the white space between tokens and without the {@code .0}
     * of reals; absent where the text is evidently no object or repeats a key. Whether the values are JSON, a checksum of
     * them must tell.
     */
    public static Optional<SortedMap<String, String>> members(byte[] utf8) {
        JsonOutline outline = new JsonOutline(utf8);
        return outline.split() ? Optional.of(outline.members) : Optional.empty();
    }

    private boolean split() {
        for (int i = 0; i < in.length; i++) {
            byte b = in[i];
            if (b == ' ' || b == '\n' || b == '\r' || b == '\t') {
                gap = true;
                continue;
            }
            // Outside of the one pair of braces there is nothing.
            if (depth == 0 && (length > 0 || b != '{')) {
                return false;
            }
            if (b == '"') {
                gap = false;
                i = quoted(i);
            } else if (!mark(b)) {
                return false;
            }
        }
        return depth == 0 && length > 0;
    }

    /** Takes a text in quotes over and returns the place of its last character. */
    private int quoted(int from) {
        int i = from;
        do {
            if (in[i] == '\\') {
                dense[length++] = in[i++];
            }
            if (i < in.length) {
                dense[length++] = in[i++];
            }
        } while (i < in.length && in[i] != '"');
        if (i < in.length) {
            dense[length++] = '"';
        }
        return i;
    }

    private boolean mark(byte b) {
        boolean structural = structural(b);
        if (gap && !structural && !structural(dense[length - 1])) {
            return false;
        }
        gap = false;
        if (structural && length > 2 && dense[length - 1] == '0' && dense[length - 2] == '.') {
            length -= 2;
        }
        boolean ends = depth == 1 && (b == ',' || b == '}');
        if (ends && !member()) {
            return false;
        }
        switch (b) {
            case '{', '[' -> depth++;
            case '}', ']' -> depth--;
            case ':' -> colon = depth == 1 ? length : colon;
            default -> {}
        }
        dense[length++] = b;
        begin = ends ? length : begin;
        return true;
    }

    private static boolean structural(byte b) {
        return b == ',' || b == ':' || b == '{' || b == '}' || b == '[' || b == ']';
    }

    private boolean member() {
        int key = begin + 1;
        if (colon <= key) {
            return false;
        }
        return members.put(text(key, colon - 1), text(colon + 1, length)) == null;
    }

    private String text(int from, int to) {
        return new String(dense, from, to - from, StandardCharsets.UTF_8);
    }

    /** JSON without white space, with a line for each member of an object and spaces in arrays. */
    public static String indented(String dense) {
        StringBuilder out = new StringBuilder();
        Deque<Character> open = new ArrayDeque<>();
        int objects = 0;
        boolean quoted = false;
        for (int i = 0; i < dense.length(); i++) {
            char c = dense.charAt(i);
            if (quoted || c == '"') {
                out.append(c);
                if (quoted && c == '\\') {
                    out.append(dense.charAt(++i));
                } else if (c == '"') {
                    quoted = !quoted;
                }
                continue;
            }
            boolean empty = c == '{' && dense.charAt(i + 1) == '}' || c == '[' && dense.charAt(i + 1) == ']';
            if (empty) {
                out.append(c).append(' ').append(dense.charAt(++i));
                continue;
            }
            switch (c) {
                case '{' -> {
                    open.push(c);
                    out.append("{\n").append(INDENT.repeat(++objects));
                }
                case '}' -> {
                    open.pop();
                    out.append('\n').append(INDENT.repeat(--objects)).append('}');
                }
                case '[' -> {
                    open.push(c);
                    out.append("[ ");
                }
                case ']' -> {
                    open.pop();
                    out.append(" ]");
                }
                case ':' -> out.append(" : ");
                case ',' -> out.append(open.element() == '{' ? ",\n" + INDENT.repeat(objects) : ", ");
                default -> out.append(c);
            }
        }
        return out.append('\n').toString();
    }
}
