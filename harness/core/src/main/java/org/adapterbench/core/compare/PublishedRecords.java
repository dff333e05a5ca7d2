package org.adapterbench.core.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.adapterbench.api.Reason;
import org.adapterbench.api.UserError;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.core.AtomicFile;
import org.adapterbench.core.json.Json;

/**
 * The committed summary of an experiment's portable runs, which every x86-64 machine with AVX2 is to reproduce.
 *
 * @param schemaVersion version of this structure
 * @param recipeVersion the recipe of all runs
 * @param runs          in the order of the grid
 */
public record PublishedRecords(int schemaVersion, String experiment, int recipeVersion, List<PublishedRun> runs) {

    /** The version that this program writes. */
    public static final int SCHEMA_VERSION = 1;

    private static final String FILE = "records.json";

    public PublishedRecords {
        runs = List.copyOf(runs);
    }

    /** The summary of finished runs. */
    public static PublishedRecords of(String experiment, List<RunRecord> records) {
        return new PublishedRecords(
                SCHEMA_VERSION,
                experiment,
                RunSpec.RECIPE_VERSION,
                records.stream().map(PublishedRun::of).toList());
    }

    /** Where an experiment's published records are, whether or not there are any. */
    public static Path file(Path checkout, String experiment) {
        return checkout.resolve("harness/experiments/published")
                .resolve(experiment)
                .resolve(FILE);
    }

    /**
     * Reads what is published; absent when nothing is.
     *
     * @throws UserError when the file is not what {@link #write} wrote
     */
    public static Optional<PublishedRecords> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            PublishedRecords read = Json.read(Files.readString(file, StandardCharsets.UTF_8), PublishedRecords.class);
            if (read.schemaVersion() != SCHEMA_VERSION) {
                throw new UserError(
                        file + ": schemaVersion " + read.schemaVersion() + " (allowed: " + SCHEMA_VERSION + ")");
            }
            return Optional.of(read);
        } catch (JsonProcessingException e) {
            throw new UserError(
                    file + ": no published records: " + Reason.of(e) + " (allowed: the file as committed)", e);
        } catch (IOException e) {
            throw new UserError(file + ": cannot be read: " + Reason.of(e) + " (allowed: a readable file)", e);
        }
    }

    /** Writes the file whole or not at all. */
    public void write(Path file) {
        try {
            Files.createDirectories(file.getParent());
            AtomicFile.write(file, Json.pretty(this).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UserError(file + ": cannot be written: " + Reason.of(e) + " (allowed: a writable checkout)", e);
        }
    }

    /** What is published of a run. */
    public Optional<PublishedRun> run(String runId) {
        return runs.stream().filter(run -> run.runId().equals(runId)).findFirst();
    }
}
