package org.adapterbench.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.adapterbench.api.UserError;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.core.json.Json;

/** The folder that measurements go to: JSON files, each by numerics. */
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
            throw unusable(folder, e);
        }
    }

    /** Fails before anything is measured where the command's file could not be written. */
    void require(String command) {
        Path file = file(command);
        try {
            Files.delete(Files.createTempFile(folder, command, ".part"));
        } catch (IOException e) {
            throw unusable(folder, e);
        }
        if (Files.isDirectory(file)) {
            throw new UserError(file + ": a folder (allowed: a file, which is written anew)");
        }
    }

    private static UserError unusable(Path folder, IOException e) {
        return new UserError(
                folder + ": cannot be written, " + e.getClass().getSimpleName()
                        + " (allowed for OUT: a folder that can)",
                e);
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
            Path part = folder.resolve(file.getFileName() + ".part");
            Files.writeString(part, Json.pretty(new Measured(machine, rows)), StandardCharsets.UTF_8);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    record Measured(Machine machine, Object rows) {}
}
