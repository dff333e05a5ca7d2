package org.adapterbench.core.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.adapterbench.api.Reason;
import org.adapterbench.api.UserError;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.core.plugin.MethodCatalog;
import org.adapterbench.core.plugin.TaskCatalog;

/** Reads an experiment from a file or from those that come with the program. */
public final class ExperimentReader {

    /** The experiments that come with the program, smallest first. */
    public static final List<String> BUILT_IN =
            List.of("smoke", "quick", "embedded", "paper", "mrpc-1k", "parity", "rates");

    private static final int MOST_BYTES = 1 << 20;

    private final MethodCatalog methods;
    private final TaskCatalog tasks;
    private final Numerics numerics;

    public ExperimentReader(MethodCatalog methods, TaskCatalog tasks) {
        this(methods, tasks, Defaults.NUMERICS);
    }

    private ExperimentReader(MethodCatalog methods, TaskCatalog tasks, Numerics numerics) {
        this.methods = methods;
        this.tasks = tasks;
        this.numerics = numerics;
    }

    /** A reader for which experiments that do not name their numerics have these. */
    public ExperimentReader otherwise(Numerics other) {
        return new ExperimentReader(methods, tasks, other);
    }

    /**
     * @param experiment name of a built-in experiment, or a path
     * @param overrides  {@code key=value} pairs that replace what the file says
     * @throws UserError in one line: file, line, key, what is allowed
     */
    public Experiment read(String experiment, List<String> overrides) {
        if (BUILT_IN.contains(experiment)) {
            return parse(experiment + ".yaml", builtIn(experiment), overrides);
        }
        if (experiment.isBlank()) {
            throw new UserError(
                    "experiment: has no value (allowed: a YAML file, or one of " + String.join(", ", BUILT_IN) + ")");
        }
        Path file = Path.of(experiment);
        if (!Files.exists(file) && experiment.matches("[A-Za-z0-9_-]+")) {
            throw UserError.unknown("experiment", "experiment", experiment, BUILT_IN);
        }
        return read(file, overrides);
    }

    /** @throws UserError in one line: file, line, key, what is allowed */
    public Experiment read(Path file, List<String> overrides) {
        return parse(file.toString(), bytes(file), overrides);
    }

    private Experiment parse(String file, byte[] bytes, List<String> overrides) {
        ConfigNode root = Overrides.apply(YamlTree.read(file, "", text(file, bytes)), overrides);
        return new ExperimentParser(methods, tasks, numerics).parse(root);
    }

    private static byte[] bytes(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new UserError(file + (Files.isDirectory(file) ? ": is a folder" : ": no such file")
                        + " (allowed: a YAML file, or one of " + String.join(", ", BUILT_IN) + ")");
            }
            if (Files.size(file) > MOST_BYTES) {
                throw new UserError(file + ": " + Files.size(file) + " bytes (allowed: at most " + MOST_BYTES + ")");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UserError(file + ": cannot be read: " + Reason.of(e) + " (allowed: a readable file)", e);
        }
    }

    private static byte[] builtIn(String name) {
        try (InputStream in = ExperimentReader.class.getResourceAsStream("experiments/" + name + ".yaml")) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its experiment " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String file, byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new UserError(file + ":1: not UTF-8 (allowed: UTF-8 text)", e);
        }
    }
}
