package org.adapterbench.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.adapterbench.api.UserError;
import org.adapterbench.core.json.Json;

/** A command's {@code key=value} words. */
record Options(String command, Map<String, String> values) {

    /** Blanks separate words only where another key follows, so that values may hold some. */
    private static final Pattern BETWEEN = Pattern.compile("\\s+(?=[a-z]+=)");

    /** The greatest number that any key takes. */
    private static final int MOST = 100_000;

    /**
     * Reads the words of all arguments; an argument may hold several, as make passes them.
     *
     * @param known the command's keys
     */
    static Options parse(String command, List<String> arguments, Collection<String> known) {
        Map<String, String> values = new TreeMap<>();
        for (String argument : arguments) {
            for (String word : BETWEEN.split(argument.strip())) {
                int equals = word.indexOf('=');
                if (equals < 1 && !word.isEmpty()) {
                    throw new UserError("bench " + command + ": '" + word + "' (allowed: KEY=VALUE with the keys "
                            + String.join(", ", known) + ")");
                }
                if (!word.isEmpty()) {
                    put(command, word.substring(0, equals), word.substring(equals + 1), known, values);
                }
            }
        }
        return new Options(command, values);
    }

    private static void put(
            String command, String key, String value, Collection<String> known, Map<String, String> values) {
        if (!known.contains(key)) {
            throw UserError.unknown("bench " + command, "key", key, known);
        }
        if (values.put(key, value) != null) {
            throw new UserError("bench " + command + ": " + key + "= stands there twice (allowed: once)");
        }
    }

    /** @param allowed said when the word is missing */
    String required(String key, Collection<String> allowed) {
        String value = word(key, "");
        if (value.isEmpty()) {
            throw new UserError(
                    "bench " + command + ": " + key + "= is missing (allowed: " + String.join(", ", allowed) + ")");
        }
        return value;
    }

    String word(String key, String otherwise) {
        String value = values.get(key);
        return value == null || value.isBlank() ? otherwise : value;
    }

    /** From 1 to {@link #MOST}. */
    int number(String key, int otherwise) {
        return whole(key, word(key, Integer.toString(otherwise)), 1);
    }

    /** From 0 to {@link #MOST}. */
    int whole(String key, int otherwise) {
        return whole(key, word(key, Integer.toString(otherwise)), 0);
    }

    /** Each from 1 to {@link #MOST}. */
    List<Integer> numbers(String key, List<String> otherwise) {
        return words(key, otherwise).stream().map(each -> whole(key, each, 1)).toList();
    }

    private int whole(String key, String value, int least) {
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= MOST) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new UserError("bench " + command + ": " + key + "=" + value + " (allowed: a whole number from " + least
                + " to " + MOST + ")");
    }

    /** From 0 to below 1. */
    double share(String key, double otherwise) {
        return share(key, word(key, Double.toString(otherwise)));
    }

    List<Double> shares(String key, List<String> otherwise) {
        return words(key, otherwise).stream().map(each -> share(key, each)).toList();
    }

    private double share(String key, String value) {
        try {
            double share = Double.parseDouble(value);
            if (share >= 0 && share < 1) {
                return share;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new UserError("bench " + command + ": " + key + "=" + value + " (allowed: a number from 0 to below 1)");
    }

    List<String> words(String key, List<String> otherwise) {
        String text = word(key, String.join(",", otherwise));
        List<String> words = List.of(text.split(",", -1));
        if (words.stream().anyMatch(String::isBlank)) {
            throw new UserError("bench " + command + ": " + key + "=" + text + " (allowed: words with commas between)");
        }
        return words;
    }

    /** A method's settings, as JSON. */
    Map<String, Object> settings(String key, String otherwise) {
        String json = word(key, otherwise);
        try {
            JsonNode tree = Json.tree(json);
            if (tree.isObject()) {
                return settings(tree);
            }
        } catch (IOException e) {
            // Told below.
        }
        throw new UserError(
                "bench " + command + ": " + key + "=" + json + " (allowed: JSON as {\"layers\":\"last-4\"})");
    }

    private static Map<String, Object> settings(JsonNode tree) {
        Map<String, Object> settings = new TreeMap<>();
        for (String name : (Iterable<String>) tree::fieldNames) {
            settings.put(name, value(tree.get(name)));
        }
        return settings;
    }

    private static Object value(JsonNode node) {
        if (node.isArray()) {
            List<Object> values = new ArrayList<>();
            node.forEach(each -> values.add(value(each)));
            return values;
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isIntegralNumber()) {
            return node.canConvertToInt() ? (Object) node.intValue() : node.bigIntegerValue();
        }
        return node.isNumber() ? (Object) node.doubleValue() : node.isTextual() ? node.textValue() : node.toString();
    }
}
