package org.adapterbench.core.tokenize;

/**
 * One encoded text or pair, special tokens included, unpadded.
 *
 * @param ids   token ids
 * @param types segment of each token, same length; all 0 in RoBERTa
 */
public record Tokens(int[] ids, int[] types) {

    public int length() {
        return ids.length;
    }
}
