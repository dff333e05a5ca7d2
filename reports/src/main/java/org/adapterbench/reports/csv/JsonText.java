package org.adapterbench.reports.csv;

import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.adapterbench.reports.Numbers;

/** Settings as one line of JSON, keys in order. */
final class JsonText {

    private JsonText() {}

    static String of(SortedMap<String, ?> values) {
        return values.entrySet().stream()
                .map(entry -> quoted(entry.getKey()) + ":" + value(entry.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String value(Object value) {
        if (value instanceof Double || value instanceof Float) {
            String number = Numbers.exact(((Number) value).doubleValue());
            return number.isEmpty() ? "null" : number;
        }
        if (value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(JsonText::value).collect(Collectors.joining(",", "[", "]"));
        }
        return quoted(value.toString());
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
