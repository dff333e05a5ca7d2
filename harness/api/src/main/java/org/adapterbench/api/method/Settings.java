package org.adapterbench.api.method;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.adapterbench.api.UserError;

/**
 * The fully resolved settings of a method: every declared setting has a checked value. Values are
 * {@link Long}, {@link Double}, {@link String}, or lists of String or Long.
 */
public final class Settings {

    /** What PEFT's configurations call the settings that adapters have here. */
    private static final Map<String, String> PEFT_NAMES = Map.of(
            "r", "rank",
            "lora_alpha", "alpha",
            "lora_dropout", "dropout",
            "target_modules", "targets",
            "layers_to_transform", "layers");

    private final SortedMap<String, Object> values;

    private Settings(SortedMap<String, Object> values) {
        this.values = Collections.unmodifiableSortedMap(values);
    }

    /**
     * Checks what an experiment gives against what a method declares, and fills in the defaults.
     *
     * @param where file and key for messages
     * @throws UserError for an unknown key or a value that is not allowed
     */
    public static Settings resolve(String where, List<Setting> declared, Map<String, Object> given) {
        List<String> known = declared.stream().map(Setting::name).toList();
        for (String key : given.keySet()) {
            if (!known.contains(key)) {
                throw UserError.unknown(where, "setting", key, known, PEFT_NAMES);
            }
        }
        SortedMap<String, Object> resolved = new TreeMap<>();
        for (Setting setting : declared) {
            Object value = given.getOrDefault(setting.name(), setting.defaultValue());
            resolved.put(setting.name(), setting.check(where + "." + setting.name(), value));
        }
        return new Settings(resolved);
    }

    /** Values that were resolved before, read back from a record. */
    public static Settings recorded(Map<String, Object> values) {
        SortedMap<String, Object> copy = new TreeMap<>();
        values.forEach((key, value) -> copy.put(key, canonical(value)));
        return new Settings(copy);
    }

    private static Object canonical(Object value) {
        if (value instanceof Integer whole) {
            return whole.longValue();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Settings::canonical).toList();
        }
        return value;
    }

    /** All values by name, sorted: what is stored and hashed. */
    public SortedMap<String, Object> values() {
        return values;
    }

    /**
     * The value of a {@link Setting.Whole}.
     *
     * @throws IllegalArgumentException when the method declares no such setting
     * @throws ClassCastException       when it is a setting of another kind; so for the other kinds
     */
    public int whole(String name) {
        return Math.toIntExact((Long) get(name));
    }

    /** The value of a {@link Setting.Real}; of a {@link Setting.Whole} too. */
    public double real(String name) {
        return ((Number) get(name)).doubleValue();
    }

    /** The value of a {@link Setting.Choice}. */
    public String word(String name) {
        return (String) get(name);
    }

    /** The values of a {@link Setting.Choices}, in the order given. */
    public List<String> words(String name) {
        return ((List<?>) get(name)).stream().map(String.class::cast).toList();
    }

    /** How many layers a {@link Setting.Layers} names, whatever the model: {@link Integer#MAX_VALUE} for all. */
    public int layersNamed(String name) {
        Object value = get(name);
        if (value instanceof String word) {
            return word.equals("all") ? Integer.MAX_VALUE : Integer.parseInt(word.substring("last-".length()));
        }
        return ((List<?>) value).size();
    }

    /**
     * The 0-based layers that a {@link Setting.Layers} names in a model.
     *
     * @throws UserError when a layer lies outside the model
     */
    public List<Integer> layers(String name, int modelLayers) {
        Object value = get(name);
        if (value instanceof String word) {
            int last = word.equals("all") ? modelLayers : Integer.parseInt(word.substring("last-".length()));
            if (last > modelLayers) {
                throw new UserError(name + ": " + word + " asks for more layers than the encoder has (allowed: last-1"
                        + " to last-" + modelLayers + ", or all)");
            }
            return java.util.stream.IntStream.range(modelLayers - last, modelLayers)
                    .boxed()
                    .toList();
        }
        List<Integer> numbers =
                ((List<?>) value).stream().map(n -> Math.toIntExact((Long) n)).toList();
        for (int number : numbers) {
            if (number >= modelLayers) {
                throw new UserError(
                        name + ": layer " + number + " does not exist (allowed: 0 to " + (modelLayers - 1) + ")");
            }
        }
        return numbers;
    }

    private Object get(String name) {
        Object value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no setting '" + name + "' among " + values.keySet());
        }
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Settings settings && values.equals(settings.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
