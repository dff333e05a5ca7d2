package org.adapterbench.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.run.NumericsCheck;
import org.jspecify.annotations.Nullable;

/**
 * Everything a command may know about where it runs.
 *
 * @param environment environment variables
 * @param root        the checkout, or the working folder where that is unknown
 * @param folder      the working folder; relative paths on the command line start here
 * @param columns     width of the terminal; 0 when the output is not a terminal
 * @param numerics    those that the processor can compute with
 */
record Surroundings(Map<String, String> environment, Path root, Path folder, int columns, Set<Numerics> numerics) {

    Surroundings {
        environment = Map.copyOf(environment);
        numerics = Set.copyOf(numerics);
    }

    static Surroundings ofThisProcess() {
        Path folder = Path.of("").toAbsolutePath();
        String root = System.getProperty("adapterbench.root");
        return new Surroundings(
                System.getenv(),
                root == null ? folder : Path.of(root),
                folder,
                Integer.getInteger("adapterbench.columns", 0),
                NumericsCheck.allowed());
    }

    /** Whether the processor can compute with {@code numerics: portable}. */
    boolean portable() {
        return numerics.contains(Numerics.PORTABLE);
    }

    CacheFolder cache() {
        return CacheFolder.of(environment);
    }

    /** The folder with GLUE data: the option if given, else {@code GLUE_DIR}, else null. */
    @Nullable
    Path glue(@Nullable Path option) {
        return option != null ? folder.resolve(option) : named("GLUE_DIR");
    }

    /** The folder under which each experiment has its own: the option if given, else {@code OUT}, else {@code out}. */
    Path out(@Nullable Path option) {
        if (option != null) {
            return folder.resolve(option);
        }
        Path named = named("OUT");
        return named == null ? folder.resolve("out") : named;
    }

    private @Nullable Path named(String variable) {
        String value = environment.get(variable);
        return value == null || value.isBlank() ? null : folder.resolve(value);
    }

    /** This process's environment with other values, for tests and children. */
    Surroundings with(Map<String, String> changes) {
        Map<String, String> changed = new TreeMap<>(environment);
        changed.putAll(changes);
        return in(changed);
    }

    /** The same in another environment, which has no value of this one's but its own. */
    Surroundings in(Map<String, String> other) {
        return new Surroundings(other, root, folder, columns, numerics);
    }
}
