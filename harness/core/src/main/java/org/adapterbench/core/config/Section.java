package org.adapterbench.core.config;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.adapterbench.api.UserError;
import org.adapterbench.core.config.ConfigNode.Mapping;
import org.adapterbench.core.config.ConfigNode.Nothing;
import org.adapterbench.core.config.ConfigNode.Scalar;
import org.adapterbench.core.config.ConfigNode.Sequence;
import org.adapterbench.core.json.Json;

/**
 * Reads the keys of one mapping. It remembers which keys were asked for, so that {@link #refuseOthers} knows
 * every key that the program understands.
 */
final class Section {

    // YAML reads 010 as 8 or as 10, and 1_000 as 1000, depending on its version: neither is a number here.
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,17})");
    private static final Pattern REAL = Pattern.compile("-?(0|[1-9][0-9]*)?(\\.[0-9]+)?([eE][-+]?[0-9]{1,3})?");

    private final Mapping mapping;
    private final Set<String> asked = new LinkedHashSet<>();

    private Section(Mapping mapping) {
        this.mapping = mapping;
    }

    /** @throws UserError when the value is not a mapping */
    static Section of(ConfigNode node, String allowed) {
        if (node instanceof Mapping mapping) {
            return new Section(mapping);
        }
        throw node.place().error(node.kind() + " is not a mapping", allowed);
    }

    Place place() {
        return mapping.place();
    }

    /** Where a key stands, or would stand. */
    Place place(String key) {
        ConfigNode node = mapping.entries().get(key);
        return node == null ? mapping.place().child(key, mapping.place().line()) : node.place();
    }

    boolean has(String key) {
        return mapping.entries().containsKey(key);
    }

    /** The value of a key, absent when the key is; a key without a value is an error. */
    Optional<ConfigNode> find(String key, String allowed) {
        asked.add(key);
        ConfigNode node = mapping.entries().get(key);
        if (node instanceof Nothing) {
            throw node.place().error("has no value", allowed);
        }
        return Optional.ofNullable(node);
    }

    ConfigNode required(String key, String allowed) {
        return find(key, allowed).orElseThrow(() -> place(key).error("missing", allowed));
    }

    String text(String key, String allowed) {
        return text(required(key, allowed), allowed);
    }

    String text(String key, String standard, String allowed) {
        return find(key, allowed).map(node -> text(node, allowed)).orElse(standard);
    }

    int whole(String key, int standard, int least, int most) {
        return whole(key, standard, least, most, "a whole number from " + least + " to " + most);
    }

    int whole(String key, int standard, int least, int most, String allowed) {
        return find(key, allowed)
                .map(node -> Math.toIntExact(whole(node, least, most, allowed)))
                .orElse(standard);
    }

    long whole(String key, long standard, long least, long most) {
        String allowed = "a whole number from " + least + " to " + most;
        return find(key, allowed).map(node -> whole(node, least, most, allowed)).orElse(standard);
    }

    /** A real number from {@code least} to {@code most}; {@code least} itself only where it is included. */
    double real(String key, double standard, double least, boolean leastExcluded, double most) {
        String allowed = "a number " + (leastExcluded ? "above " : "from ") + least + " to " + most;
        return find(key, allowed)
                .map(node -> real(node, least, leastExcluded, most, allowed))
                .orElse(standard);
    }

    boolean truth(String key, boolean standard) {
        return find(key, "true, false")
                .map(node -> {
                    // YAML 1.1 also takes no, off and their like for truth values; one spelling is enough.
                    if (node instanceof Scalar scalar
                            && List.of("true", "false").contains(scalar.text())) {
                        return Boolean.parseBoolean(scalar.text());
                    }
                    throw node.place().error(node.kind() + " is not allowed", "true, false");
                })
                .orElse(standard);
    }

    /** One of an enum's constants by its lower-case name. */
    <E extends Enum<E>> E word(String key, E standard, List<E> choices) {
        String allowed = choices.stream().map(Json::word).collect(Collectors.joining(", "));
        return find(key, allowed)
                .map(node -> choices.stream()
                        .filter(choice ->
                                node instanceof Scalar scalar && scalar.text().equals(Json.word(choice)))
                        .findFirst()
                        .orElseThrow(() -> node.place().error(node.kind() + " is not known", allowed)))
                .orElse(standard);
    }

    <E extends Enum<E>> E word(String key, E standard) {
        return word(key, standard, Arrays.asList(standard.getDeclaringClass().getEnumConstants()));
    }

    /** One or more values, none twice. */
    List<ConfigNode> elements(String key, String allowed) {
        ConfigNode node = required(key, allowed);
        if (node instanceof Sequence sequence && !sequence.elements().isEmpty()) {
            return sequence.elements();
        }
        throw node.place().error(node instanceof Sequence ? "an empty list" : node.kind() + " is not a list", allowed);
    }

    List<String> texts(String key, String allowed) {
        return distinct(key, elements(key, allowed), node -> text(node, allowed));
    }

    List<Long> wholes(String key, long least, long most) {
        String allowed = "a list of whole numbers from " + least + " to " + most;
        return distinct(key, elements(key, allowed), node -> whole(node, least, most, allowed));
    }

    private static <T> List<T> distinct(String key, List<ConfigNode> nodes, Function<ConfigNode, T> read) {
        Map<T, ConfigNode> seen = new LinkedHashMap<>();
        for (ConfigNode node : nodes) {
            T value = read.apply(node);
            if (seen.putIfAbsent(value, node) != null) {
                throw node.place().error("'" + value + "' stands twice in " + key, "each once");
            }
        }
        return List.copyOf(seen.keySet());
    }

    /** @throws UserError for the first key that nothing asked for */
    void refuseOthers() {
        for (Map.Entry<String, ConfigNode> entry : mapping.entries().entrySet()) {
            if (!asked.contains(entry.getKey())) {
                throw UserError.unknown(entry.getValue().place().toString(), "key", entry.getKey(), asked);
            }
        }
    }

    static String text(ConfigNode node, String allowed) {
        if (node instanceof Scalar scalar
                && scalar.type() == Scalar.Type.TEXT
                && !scalar.text().isBlank()) {
            return scalar.text().strip();
        }
        throw node.place().error(node.kind() + " is not text", allowed);
    }

    private static long whole(ConfigNode node, long least, long most, String allowed) {
        if (node instanceof Scalar scalar && WHOLE.matcher(scalar.text()).matches()) {
            long value = Long.parseLong(scalar.text());
            if (value >= least && value <= most) {
                return value;
            }
        }
        throw node.place().error(node.kind() + " is not allowed", allowed);
    }

    private static double real(ConfigNode node, double least, boolean leastExcluded, double most, String allowed) {
        if (node instanceof Scalar scalar && isReal(scalar.text())) {
            double value = Double.parseDouble(scalar.text());
            if (value >= least && value <= most && !(leastExcluded && value == least)) {
                return value;
            }
        }
        throw node.place().error(node.kind() + " is not allowed", allowed);
    }

    static boolean isWhole(String text) {
        return WHOLE.matcher(text).matches();
    }

    static boolean isReal(String text) {
        return text.chars().anyMatch(Character::isDigit) && REAL.matcher(text).matches() && !text.matches("-?[eE].*");
    }
}
