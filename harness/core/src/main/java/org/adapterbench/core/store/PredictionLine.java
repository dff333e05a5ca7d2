package org.adapterbench.core.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.adapterbench.api.Reason;
import org.adapterbench.api.UserError;
import org.adapterbench.core.json.Json;

/**
 * One line of a run's file of predictions.
 *
 * @param split     evaluation split
 * @param id        of the example
 * @param expected  class number or value
 * @param predicted class number or value
 * @param scores    head outputs
 */
public record PredictionLine(String split, String id, float expected, float predicted, float[] scores) {

    /**
     * All lines of a file.
     *
     * @throws UserError when it cannot be read or is not such a file
     */
    public static List<PredictionLine> read(Path file) {
        List<PredictionLine> read = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                read.add(Json.read(line, PredictionLine.class));
            }
        } catch (JsonProcessingException e) {
            throw new UserError(file + ":" + (read.size() + 1) + ": not a line of predictions (allowed: the file as the"
                    + " run wrote it)");
        } catch (IOException e) {
            throw new UserError(file + ": cannot be read: " + Reason.of(e) + " (allowed: a readable file)", e);
        }
        return read;
    }
}
