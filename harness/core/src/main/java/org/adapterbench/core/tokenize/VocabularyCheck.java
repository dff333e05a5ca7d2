package org.adapterbench.core.tokenize;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.adapterbench.api.Reason;
import org.adapterbench.api.UserError;

/** Refuses a tokenizer that could give an id for which the encoder has no embedding. */
final class VocabularyCheck {

    /** Special tokens of a pair in RoBERTa (4), and one token of text. */
    static final int FEWEST_TOKENS = 5;

    private static final long MOST_BYTES = 200_000_000;

    /** Embeddings are padded to round sizes, but not to twice their size: such a vocabulary is of another model, or cut. */
    private static final double LEAST_SHARE = 0.5;

    private VocabularyCheck() {}

    /**
     * @param where what messages call the file, which lies in the cache under a name that no user gave
     * @return how many ids the tokenizer can give
     */
    static int requireFit(String where, Path tokenizerJson, int vocabulary) {
        JsonNode root = read(where, tokenizerJson);
        JsonNode words = root.path("model").path("vocab");
        if (!words.isObject() || words.isEmpty()) {
            throw new UserError(where + ": model.vocab is missing (allowed: WordPiece and BPE tokenizers)");
        }
        if (!root.path("post_processor").isObject()) {
            throw new UserError(where + ": post_processor is missing, so no special tokens would be added");
        }
        words.properties().forEach(word -> require(where, word.getKey(), word.getValue(), vocabulary));
        root.path("added_tokens")
                .forEach(token -> require(where, token.path("content").asText(), token.path("id"), vocabulary));
        Set<Integer> ids = new HashSet<>();
        words.forEach(id -> ids.add(id.intValue()));
        root.path("added_tokens").forEach(token -> ids.add(token.path("id").intValue()));
        if (ids.size() < LEAST_SHARE * vocabulary) {
            throw new UserError(where + ": it has " + ids.size() + " tokens, and the encoder an embedding for "
                    + vocabulary + " (allowed: at least half as many)");
        }
        return ids.size();
    }

    private static void require(String where, String token, JsonNode id, int vocabulary) {
        if (!id.isInt() || id.intValue() < 0 || id.intValue() >= vocabulary) {
            throw new UserError(where + ": token '" + token + "' has id " + id + " (allowed: 0 to " + (vocabulary - 1)
                    + ", the encoder's vocabulary)");
        }
    }

    private static JsonNode read(String where, Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new UserError(where + ": " + Files.size(file) + " bytes (allowed: at most " + MOST_BYTES + ")");
            }
            return new JsonMapper().readTree(file.toFile());
        } catch (JsonProcessingException e) {
            throw new UserError(where + ": not valid JSON: " + Reason.of(e), e);
        } catch (IOException e) {
            throw new UserError(where + ": cannot be read: " + Reason.of(e), e);
        }
    }
}
