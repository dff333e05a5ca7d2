package org.adapterbench.core.weights;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.adapterbench.api.Reason;
import org.adapterbench.api.UserError;

/** JSON that other programs wrote, read without mercy: no duplicate keys, nothing behind the end. */
final class StrictJson {

    /** The largest vocabularies in use have a tenth of it. */
    private static final long MOST_BYTES = 200_000_000;

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    static {
        // Merges and vocabularies are long but flat; the limits against hostile nesting stay.
        MAPPER.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNameLength(1_000_000).build());
    }

    private StrictJson() {}

    /** @throws UserError when the text is not one JSON object */
    static ObjectNode object(String where, byte[] utf8) {
        try {
            JsonNode node = MAPPER.readTree(utf8);
            if (node instanceof ObjectNode object) {
                return object;
            }
            throw new UserError(where + ": not a JSON object (allowed: one JSON object)");
        } catch (JsonProcessingException e) {
            throw new UserError(where + ": not valid JSON: " + Reason.of(e) + " (allowed: one JSON object)", e);
        } catch (IOException e) {
            throw new UserError(where + ": cannot be read: " + Reason.of(e), e);
        }
    }

    static ObjectNode object(Path file) {
        return object(file.toString(), bytes(file));
    }

    /** Reads a record that this program wrote. */
    static <T> T read(Path file, Class<T> type) {
        try {
            return MAPPER.readValue(bytes(file), type);
        } catch (IOException e) {
            throw new UserError(file + ": damaged: " + Reason.of(e) + " (delete its folder to build it anew)", e);
        }
    }

    /** Pretty-printed UTF-8 with a final line feed; the same bytes on every system. */
    static byte[] bytes(Object value) {
        try {
            String text = MAPPER.writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")))
                    .writeValueAsString(value);
            return (text + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of this program has no JSON form", e);
        }
    }

    /**
     * The whole of a file that goes into memory.
     *
     * @throws UserError when it cannot be read, or is larger than any such file is
     */
    static byte[] bytes(Path file) {
        try {
            long size = Files.size(file);
            if (size > MOST_BYTES) {
                throw new UserError(file + ": " + size + " bytes (allowed: at most " + MOST_BYTES + ")");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UserError(file + ": cannot be read: " + Reason.of(e) + " (allowed: a readable file)", e);
        }
    }
}
