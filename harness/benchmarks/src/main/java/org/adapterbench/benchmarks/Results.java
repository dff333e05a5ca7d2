package org.adapterbench.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.core.json.Json;

/** The folder that measurements go to: one JSON file a command and numerics. */
record Results(Path folder, Numerics numerics) {

    /** The folder {@code bench} below {@code OUT}, or below {@code out} of the current folder. */
    static Results of(Numerics numerics) {
        String out = System.getenv("OUT");
        Path folder = Path.of(out == null || out.isBlank() ? "out" : out)
                .toAbsolutePath()
                .resolve("bench");
        try {
            return new Results(Files.createDirectories(folder), numerics);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path file(String command) {
        return folder.resolve(command + "-" + Json.line(numerics).replace("\"", "") + ".json");
    }

    /** Writes the command's rows with the machine's facts beside them. @return the file */
    Path write(String command, Object rows) {
        return write(command, rows, Machine.look());
    }

    Path write(String command, Object rows, Machine machine) {
        Path file = file(command);
        try {
            Files.writeString(file, Json.pretty(new Measured(machine, rows)), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    record Measured(Machine machine, Object rows) {}
}
