package org.adapterbench.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
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
        values.put(key, value);
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

    /** At least 1. */
    int number(String key, int otherwise) {
        int value = whole(key, otherwise);
        if (value == 0) {
            throw new UserError("bench " + command + ": " + key + "=0 (allowed: at least 1)");
        }
        return value;
    }

    /** Not negative. */
    int whole(String key, int otherwise) {
        String value = word(key, Integer.toString(otherwise));
        try {
            return Integer.parseUnsignedInt(value);
        } catch (NumberFormatException e) {
            throw new UserError("bench " + command + ": " + key + "=" + value + " (allowed: a whole number)", e);
        }
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
        return List.of(word(key, String.join(",", otherwise)).split(","));
    }

    /** A method's settings, as JSON. */
    Map<String, Object> settings(String key, String otherwise) {
        String json = word(key, otherwise);
        try {
            return settings(Json.tree(json));
        } catch (IOException e) {
            throw new UserError(
                    "bench " + command + ": " + key + "=" + json + " (allowed: JSON as {\"layers\":\"last-4\"})", e);
        }
    }

    private static Map<String, Object> settings(JsonNode tree) {
        Map<String, Object> settings = new TreeMap<>();
        for (String name : (Iterable<String>) tree::fieldNames) {
            JsonNode value = tree.get(name);
            if (value.isNumber()) {
                settings.put(name, value.isIntegralNumber() ? (Object) value.intValue() : value.doubleValue());
            } else {
                settings.put(name, value.textValue());
            }
        }
        return settings;
    }
}
