package org.adapterbench.api.method;

import java.util.List;
import java.util.Objects;
import org.adapterbench.api.UserError;

/** One setting of a method: name, meaning, default and what is allowed. */
public sealed interface Setting {

    /** The key in an experiment file, kebab-case. */
    String name();

    /** One line: meaning, unit, source. */
    String meaning();

    /** The value when the experiment does not give one. */
    Object defaultValue();

    /** The allowed values in words, for messages and listings. */
    String allowed();

    /**
     * Checks a value read from YAML or JSON and brings it to its canonical type.
     *
     * @param where file and key for the message
     * @throws UserError when the value is not allowed
     */
    Object check(String where, Object value);

    /** A whole number within bounds. */
    record Whole(String name, String meaning, long standard, long least, long most) implements Setting {
        @Override
        public Object defaultValue() {
            return standard;
        }

        @Override
        public String allowed() {
            return "a whole number from " + least + " to " + most;
        }

        @Override
        public Object check(String where, Object value) {
            if ((value instanceof Integer || value instanceof Long)
                    && ((Number) value).longValue() >= least
                    && ((Number) value).longValue() <= most) {
                return ((Number) value).longValue();
            }
            throw refuse(where, value);
        }
    }

    /** A real number within bounds, both inclusive unless {@code leastExcluded}. */
    record Real(String name, String meaning, double standard, double least, boolean leastExcluded, double most)
            implements Setting {
        @Override
        public Object defaultValue() {
            return standard;
        }

        @Override
        public String allowed() {
            return "a number " + (leastExcluded ? "above " : "from ") + least + " to " + most;
        }

        @Override
        public Object check(String where, Object value) {
            if (value instanceof Number number) {
                double real = number.doubleValue();
                if (real >= least && real <= most && !(leastExcluded && real == least)) {
                    return real;
                }
            }
            throw refuse(where, value);
        }
    }

    /** One word out of a fixed list. */
    record Choice(String name, String meaning, String standard, List<String> choices) implements Setting {
        public Choice {
            choices = List.copyOf(choices);
        }

        @Override
        public Object defaultValue() {
            return standard;
        }

        @Override
        public String allowed() {
            return "one of " + String.join(", ", choices);
        }

        @Override
        public Object check(String where, Object value) {
            if (value instanceof String word && choices.contains(word)) {
                return word;
            }
            throw refuse(where, value, UserError.nearest(String.valueOf(value), choices));
        }
    }

    /** One or more different words out of a fixed list, kept in the list's order. */
    record Choices(String name, String meaning, List<String> standard, List<String> choices) implements Setting {
        public Choices {
            standard = List.copyOf(standard);
            choices = List.copyOf(choices);
        }

        @Override
        public Object defaultValue() {
            return standard;
        }

        @Override
        public String allowed() {
            return "a list of one or more of " + String.join(", ", choices);
        }

        @Override
        public Object check(String where, Object value) {
            if (value instanceof List<?> words
                    && !words.isEmpty()
                    && choices.containsAll(words)
                    && words.stream().distinct().count() == words.size()) {
                return choices.stream().filter(words::contains).toList();
            }
            List<?> words = value instanceof List<?> list ? list : List.of(String.valueOf(value));
            String nearest = words.stream()
                    .filter(word -> !choices.contains(word))
                    .findFirst()
                    .map(word -> UserError.nearest(String.valueOf(word), choices))
                    .orElse("");
            throw refuse(where, value, nearest);
        }
    }

    /** Encoder layers: {@code all}, {@code last-N}, or a list of 0-based numbers. */
    record Layers(String name, String meaning, String standard) implements Setting {
        @Override
        public Object defaultValue() {
            return standard;
        }

        @Override
        public String allowed() {
            return "all, last-N, or a list of 0-based layer numbers";
        }

        @Override
        public Object check(String where, Object value) {
            if (value instanceof String word && (word.equals("all") || word.matches("last-[1-9][0-9]{0,2}"))) {
                return word;
            }
            if (value instanceof List<?> numbers
                    && !numbers.isEmpty()
                    && numbers.stream()
                            .allMatch(n -> n instanceof Number number
                                    && number.doubleValue() == number.intValue()
                                    && number.intValue() >= 0)) {
                return numbers.stream()
                        .map(n -> ((Number) n).longValue())
                        .distinct()
                        .sorted()
                        .toList();
            }
            throw refuse(where, value);
        }
    }

    /** The error for a value that is not allowed. */
    default UserError refuse(String where, Object value) {
        return refuse(where, value, "");
    }

    /** The error with a hint at what was meant. */
    default UserError refuse(String where, Object value, String nearest) {
        return new UserError(
                where + ": " + Objects.toString(value) + " is not allowed" + nearest + " (allowed: " + allowed() + ")");
    }
}
