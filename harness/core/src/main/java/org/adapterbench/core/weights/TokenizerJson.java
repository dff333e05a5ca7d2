package org.adapterbench.core.weights;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Makes and mends {@code tokenizer.json}. */
final class TokenizerJson {

    private TokenizerJson() {}

    /**
     * The same tokenizer without the padding and truncation that exporters leave in: this program decides both
     * itself.
     */
    static byte[] withoutPaddingAndTruncation(String where, byte[] tokenizerJson) {
        ObjectNode root = StrictJson.object(where + ": tokenizer.json", tokenizerJson);
        root.putNull("truncation");
        root.putNull("padding");
        return StrictJson.bytes(root);
    }
}
