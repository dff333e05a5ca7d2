package org.adapterbench.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.adapterbench.api.UserError;

/** A command's {@code key=value} arguments. */
record Options(String command, Map<String, String> values) {

    static Options parse(String command, List<String> arguments) {
        Map<String, String> values = new TreeMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals < 1) {
                throw new UserError("bench " + command + ": " + argument + " (allowed: KEY=VALUE)");
            }
            values.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        return new Options(command, values);
    }

    String word(String key, String otherwise) {
        String value = values.get(key);
        return value == null || value.isBlank() ? otherwise : value;
    }

    int whole(String key, int otherwise) {
        String value = word(key, Integer.toString(otherwise));
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new UserError("bench " + command + ": " + key + "=" + value + " (allowed: a whole number)", e);
        }
    }

    List<String> words(String key, List<String> otherwise) {
        return List.of(word(key, String.join(",", otherwise)).split(","));
    }
}
