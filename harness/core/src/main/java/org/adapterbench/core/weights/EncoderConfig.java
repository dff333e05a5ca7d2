package org.adapterbench.core.weights;

import org.adapterbench.api.Sha256;

/**
 * The one description of an encoder that the graph is built from.
 *
 * @param family           BERT or RoBERTa; decides the head and the numbering of positions
 * @param vocabulary       rows of the word embedding
 * @param hidden           width of the hidden states
 * @param layers           number of layers
 * @param heads            attention heads a layer
 * @param intermediate     width of the feed-forward layer
 * @param maxPositions     rows of the position embedding
 * @param tokenTypes       rows of the token-type embedding (RoBERTa: 1)
 * @param layerNormEpsilon added to the variance
 * @param activation       of the feed-forward layer
 * @param padToken         id of the padding token
 */
public record EncoderConfig(
        Family family,
        int vocabulary,
        int hidden,
        int layers,
        int heads,
        int intermediate,
        int maxPositions,
        int tokenTypes,
        double layerNormEpsilon,
        Activation activation,
        int padToken) {

    /** Model family. */
    public enum Family {
        BERT,
        ROBERTA
    }

    /** Feed-forward activation. */
    public enum Activation {
        /** Exact: x/2 (1 + erf(x/sqrt 2)). */
        GELU,
        /** The tanh approximation ({@code gelu_new}, {@code gelu_pytorch_tanh}). */
        GELU_TANH,
        RELU
    }

    public EncoderConfig {
        if (hidden % heads != 0) {
            throw new IllegalArgumentException("hidden " + hidden + " is not a multiple of heads " + heads);
        }
    }

    /** SHA-256 over all of it. */
    public String sha256() {
        return new Sha256()
                .add(family.name())
                .add(vocabulary)
                .add(hidden)
                .add(layers)
                .add(heads)
                .add(intermediate)
                .add(maxPositions)
                .add(tokenTypes)
                .add(Double.doubleToLongBits(layerNormEpsilon))
                .add(activation.name())
                .add(padToken)
                .hex();
    }

    /** Position of the first token: 0, in RoBERTa padToken + 1. */
    public int firstPosition() {
        return family == Family.ROBERTA ? padToken + 1 : 0;
    }

    /** The longest sequence that has positions. */
    public int maxLength() {
        return maxPositions - firstPosition();
    }
}
