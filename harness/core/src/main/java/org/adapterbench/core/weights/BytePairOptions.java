package org.adapterbench.core.weights;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What RoBERTa's byte-level BPE can be told, with Hugging Face's defaults.
 *
 * @param prefixSpace whether the first word is tokenised as if a space stood before it
 */
record BytePairOptions(boolean prefixSpace, String begin, String padding, String end, String unknown, String mask) {

    static BytePairOptions of(ObjectNode tokenizerConfig) {
        return new BytePairOptions(
                tokenizerConfig.path("add_prefix_space").asBoolean(false),
                WordPieceOptions.token(tokenizerConfig, "cls_token", "<s>"),
                WordPieceOptions.token(tokenizerConfig, "pad_token", "<pad>"),
                WordPieceOptions.token(tokenizerConfig, "sep_token", "</s>"),
                WordPieceOptions.token(tokenizerConfig, "unk_token", "<unk>"),
                WordPieceOptions.token(tokenizerConfig, "mask_token", "<mask>"));
    }
}
