package org.adapterbench.core.tokenize;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.adapterbench.api.Reason;
import org.adapterbench.api.UserError;

/** Refuses a tokenizer that could give an id for which the encoder has no embedding. */
final class VocabularyCheck {

    /** Special tokens of a pair in RoBERTa (4), and one token of text. */
    static final int FEWEST_TOKENS = 5;

    private VocabularyCheck() {}

    static void requireFit(Path tokenizerJson, int vocabulary) {
        JsonNode root = read(tokenizerJson);
        JsonNode words = root.path("model").path("vocab");
        if (!words.isObject() || words.isEmpty()) {
            throw new UserError(tokenizerJson + ": model.vocab is missing (allowed: WordPiece and BPE tokenizers)");
        }
        if (!root.path("post_processor").isObject()) {
            throw new UserError(tokenizerJson + ": post_processor is missing, so no special tokens would be added");
        }
        words.properties().forEach(word -> require(tokenizerJson, word.getKey(), word.getValue(), vocabulary));
        root.path("added_tokens")
                .forEach(token -> require(tokenizerJson, token.path("content").asText(), token.path("id"), vocabulary));
    }

    private static void require(Path tokenizerJson, String token, JsonNode id, int vocabulary) {
        if (!id.isInt() || id.intValue() < 0 || id.intValue() >= vocabulary) {
            throw new UserError(tokenizerJson + ": token '" + token + "' has id " + id + " (allowed: 0 to "
                    + (vocabulary - 1) + ", the encoder's vocabulary)");
        }
    }

    private static JsonNode read(Path file) {
        try {
            return new JsonMapper().readTree(file.toFile());
        } catch (JsonProcessingException e) {
            throw new UserError(file + ": not valid JSON: " + Reason.of(e), e);
        } catch (IOException e) {
            throw new UserError(file + ": cannot be read: " + Reason.of(e), e);
        }
    }
}
