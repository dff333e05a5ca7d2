package org.adapterbench.core.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.adapterbench.api.UserError;
import org.adapterbench.core.config.ConfigNode.Mapping;
import org.adapterbench.core.config.ConfigNode.Nothing;
import org.adapterbench.core.config.ConfigNode.Scalar;
import org.adapterbench.core.config.ConfigNode.Sequence;

/**
 * Puts {@code key=value} pairs from the command line over what a file says. Keys are dotted paths into
 * mappings ({@code training.epochs=1}); {@code encoder}, {@code task} and {@code seed} stand for the lists,
 * whose values are separated by commas ({@code seeds=1,2}).
 */
final class Overrides {

    private static final Map<String, String> LISTS = Map.of(
            "encoder", "encoders",
            "encoders", "encoders",
            "task", "tasks",
            "tasks", "tasks",
            "seed", "seeds",
            "seeds", "seeds");

    private Overrides() {}

    static ConfigNode apply(ConfigNode root, List<String> pairs) {
        ConfigNode result = root;
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new UserError("override '" + pair + "': not key=value (allowed: for instance encoder=bge-small,"
                        + " seeds=1,2 or training.epochs=1)");
            }
            result = apply(
                    result,
                    pair.substring(0, equals).strip(),
                    pair.substring(equals + 1).strip());
        }
        return result;
    }

    private static ConfigNode apply(ConfigNode root, String key, String value) {
        String list = LISTS.get(key);
        String path = list == null ? key : list;
        if (path.equals("methods") || path.startsWith("methods.") || path.startsWith("methods[")) {
            throw new UserError("override '" + key + "': methods cannot be changed here (allowed: --only method=...,"
                    + " or a file of your own)");
        }
        String file = "override '" + key + "=" + value + "'";
        ConfigNode replacement = list == null || value.startsWith("[")
                ? YamlTree.read(file, path, value)
                : list(new Place(file, 0, path), value);
        ConfigNode changed = put(root, List.of(path.split("\\.")), replacement, key);
        // The two keys say the same thing in two ways; the later word counts.
        return switch (path) {
            case "start" -> without(changed, "warmup");
            case "warmup" -> without(changed, "start");
            default -> changed;
        };
    }

    /** Words are taken as they are: in YAML {@code hub:} would be a mapping. */
    private static ConfigNode list(Place place, String value) {
        if (value.isEmpty()) {
            return new Nothing(place);
        }
        List<ConfigNode> elements = new ArrayList<>();
        for (String word : value.split(",", -1)) {
            Place element = place.element(elements.size(), 0);
            elements.add(word.isBlank() ? new Nothing(element) : new Scalar(element, word.strip(), Scalar.Type.TEXT));
        }
        return new Sequence(place, elements);
    }

    private static ConfigNode put(ConfigNode node, List<String> path, ConfigNode replacement, String key) {
        if (path.isEmpty()) {
            return replacement;
        }
        if (!(node instanceof Mapping mapping)) {
            throw new UserError(
                    "override '" + key + "': " + node.place() + " is not a mapping (allowed: keys of" + " mappings)");
        }
        String first = path.get(0);
        Map<String, ConfigNode> entries = new LinkedHashMap<>(mapping.entries());
        ConfigNode child = entries.getOrDefault(
                first, new Mapping(mapping.place().child(first, mapping.place().line()), Map.of()));
        entries.put(first, put(child, new ArrayList<>(path).subList(1, path.size()), replacement, key));
        return new Mapping(mapping.place(), entries);
    }

    private static ConfigNode without(ConfigNode root, String key) {
        if (!(root instanceof Mapping mapping)) {
            return root;
        }
        Map<String, ConfigNode> entries = new LinkedHashMap<>(mapping.entries());
        entries.remove(key);
        return new Mapping(mapping.place(), entries);
    }
}
