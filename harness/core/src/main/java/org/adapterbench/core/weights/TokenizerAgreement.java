package org.adapterbench.core.weights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalInt;
import org.adapterbench.api.UserError;
import org.adapterbench.core.weights.EncoderConfig.Family;

/**
 * Refuses a configuration that its own tokenizer contradicts: the padding token decides where RoBERTa's positions
 * begin, and a model read as one of the other family would be computed with every position shifted.
 */
final class TokenizerAgreement {

    private static final List<String> PADDING = List.of("[PAD]", "<pad>");

    private final String where;
    private final EncoderConfig config;
    private final ObjectNode tokenizer;

    private TokenizerAgreement(String where, EncoderConfig config, ObjectNode tokenizer) {
        this.where = where;
        this.config = config;
        this.tokenizer = tokenizer;
    }

    /**
     * @param where    the folder, for messages
     * @param settings {@code tokenizer_config.json}, empty where there is none
     */
    static void require(String where, EncoderConfig config, ObjectNode tokenizer, ObjectNode settings) {
        TokenizerAgreement agreement = new TokenizerAgreement(where, config, tokenizer);
        agreement.requirePadding(settings.path("pad_token"));
        agreement.requireFamily();
    }

    private void requirePadding(JsonNode named) {
        String token = named.isObject() ? named.path("content").asText() : named.asText();
        List<String> candidates = named.isMissingNode() || named.isNull() ? PADDING : List.of(token);
        List<String> known =
                candidates.stream().filter(word -> id(word).isPresent()).toList();
        if (known.size() != 1) {
            return;
        }
        int id = id(known.get(0)).getAsInt();
        if (id != config.padToken()) {
            throw new UserError(where + ": config.json has pad_token_id " + config.padToken() + ", but the tokenizer's "
                    + known.get(0) + " has the id " + id + " (allowed: the same id in both)");
        }
    }

    /** BERT's positions are a power of two from 0 on; RoBERTa's begin behind its padding token's id, 1. */
    private void requireFamily() {
        boolean bert = has("[CLS]") && !has("<s>") && config.padToken() == 0 && isPowerOfTwo(config.maxPositions());
        boolean roberta =
                has("<s>") && !has("[CLS]") && config.padToken() == 1 && isPowerOfTwo(config.maxPositions() - 2);
        if (config.family() == Family.ROBERTA ? bert : roberta) {
            throw new UserError(where + ": config.json has model_type "
                    + (bert
                            ? "roberta, but the tokenizer begins texts with [CLS]"
                            : "bert, but the tokenizer begins texts with <s>")
                    + " and there are " + config.maxPositions() + " positions, as in a "
                    + (bert ? "bert" : "roberta") + " model (allowed: the model_type of the weights)");
        }
    }

    private static boolean isPowerOfTwo(int number) {
        return Integer.bitCount(number) == 1;
    }

    private boolean has(String token) {
        return id(token).isPresent();
    }

    private OptionalInt id(String token) {
        JsonNode id = tokenizer.path("model").path("vocab").path(token);
        if (id.isInt()) {
            return OptionalInt.of(id.intValue());
        }
        for (JsonNode added : tokenizer.path("added_tokens")) {
            if (added.path("content").asText().equals(token) && added.path("id").isInt()) {
                return OptionalInt.of(added.path("id").intValue());
            }
        }
        return OptionalInt.empty();
    }
}
