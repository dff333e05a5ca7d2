package org.adapterbench.core.weights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * How text is cleaned before BERT's WordPiece, with Hugging Face's defaults.
 *
 * @param stripAccents null: as {@code lowercase}
 * @param special      spellings of the special tokens
 */
record WordPieceOptions(
        boolean lowercase, @Nullable Boolean stripAccents, boolean spaceChineseCharacters, Special special) {

    /** The special tokens' spellings. */
    record Special(String unknown, String separator, String padding, String classification, String mask) {

        static final Special USUAL = new Special("[UNK]", "[SEP]", "[PAD]", "[CLS]", "[MASK]");
    }

    static WordPieceOptions lowercase(boolean lowercase) {
        return new WordPieceOptions(lowercase, null, true, Special.USUAL);
    }

    /** From {@code tokenizer_config.json}; its absent keys take the reference implementation's defaults. */
    static WordPieceOptions of(ObjectNode tokenizerConfig) {
        JsonNode strip = tokenizerConfig.path("strip_accents");
        return new WordPieceOptions(
                tokenizerConfig.path("do_lower_case").asBoolean(true),
                strip.isBoolean() ? (Boolean) strip.booleanValue() : null,
                tokenizerConfig.path("tokenize_chinese_chars").asBoolean(true),
                new Special(
                        token(tokenizerConfig, "unk_token", Special.USUAL.unknown()),
                        token(tokenizerConfig, "sep_token", Special.USUAL.separator()),
                        token(tokenizerConfig, "pad_token", Special.USUAL.padding()),
                        token(tokenizerConfig, "cls_token", Special.USUAL.classification()),
                        token(tokenizerConfig, "mask_token", Special.USUAL.mask())));
    }

    /** A special token is spelled as a text or as an object with its content. */
    static String token(ObjectNode tokenizerConfig, String key, String usual) {
        JsonNode token = tokenizerConfig.path(key);
        return token.isObject() ? token.path("content").asText(usual) : token.asText(usual);
    }
}
