package org.adapterbench.core.grid;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.adapterbench.api.UserError;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.core.config.Experiment;
import org.adapterbench.core.config.Experiment.MethodChoice;

/**
 * A part of a grid: {@code method=lora,task=glue/mrpc,seed=1}. A key that is given several times lets each of
 * its values through; a key that is absent lets everything through.
 */
public final class Only {

    private static final List<String> KEYS = List.of("encoder", "method", "seed", "task");

    private final Map<String, Set<String>> wanted;

    private Only(Map<String, Set<String>> wanted) {
        this.wanted = wanted;
    }

    /** Lets everything through. */
    public static Only everything() {
        return new Only(Map.of());
    }

    /**
     * @param filters each a comma-separated list of {@code key=value}
     * @throws UserError for an unknown key or a pair without value
     */
    public static Only parse(List<String> filters) {
        Map<String, Set<String>> wanted = new TreeMap<>();
        for (String filter : filters) {
            for (String pair : filter.split(",", -1)) {
                if (pair.isBlank()) {
                    throw new UserError("--only '" + filter + "': an empty part (allowed: KEY=VALUE,...)");
                }
                int equals = pair.indexOf('=');
                String key =
                        equals < 0 ? pair.strip() : pair.substring(0, equals).strip();
                String value = equals < 0 ? "" : pair.substring(equals + 1).strip();
                if (!KEYS.contains(key)) {
                    throw UserError.unknown("--only " + filter, "key", key, KEYS);
                }
                if (value.isEmpty()) {
                    throw new UserError("--only " + filter + ": " + key + " has no value (allowed: " + key + "=...)");
                }
                wanted.computeIfAbsent(key, k -> new LinkedHashSet<>()).add(value);
            }
        }
        return new Only(wanted);
    }

    /** @throws UserError when a value is nowhere in the experiment, so that a slip does not run nothing */
    void check(Experiment experiment) {
        check("encoder", experiment.encoders());
        check("task", experiment.tasks());
        check("seed", experiment.seeds().stream().map(String::valueOf).toList());
        check(
                "method",
                experiment.methods().stream()
                        .flatMap(method -> List.of(method.method(), method.label()).stream())
                        .toList());
    }

    private void check(String key, Collection<String> known) {
        for (String value : wanted.getOrDefault(key, Set.of())) {
            if (!known.contains(value)) {
                throw new UserError("--only " + key + "=" + value + ": no such " + key + " in this experiment"
                        + UserError.nearest(value, known) + " (its " + key + "s: "
                        + known.stream().distinct().collect(Collectors.joining(", ")) + ")");
            }
        }
    }

    /** Whether it lets a run through that exists already, whatever experiment it belongs to. */
    public boolean lets(RunRecord run) {
        RunSpec spec = run.spec();
        return letsEncoder(spec.encoder().name())
                && letsTask(spec.task().name())
                && letsSeed(spec.seed())
                && (lets("method", spec.method().name()) || lets("method", run.variant()));
    }

    boolean letsEncoder(String encoder) {
        return lets("encoder", encoder);
    }

    boolean letsTask(String task) {
        return lets("task", task);
    }

    boolean letsSeed(long seed) {
        return lets("seed", Long.toString(seed));
    }

    /** By the method's name or by its label. */
    boolean letsMethod(MethodChoice method) {
        return lets("method", method.method()) || lets("method", method.label());
    }

    private boolean lets(String key, String value) {
        Set<String> values = wanted.get(key);
        return values == null || values.contains(value);
    }
}
