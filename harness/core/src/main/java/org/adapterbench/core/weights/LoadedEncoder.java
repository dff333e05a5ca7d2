package org.adapterbench.core.weights;

/**
 * An encoder as its source gives it, before it is brought to the cached form.
 *
 * @param tokenizerJson a complete {@code tokenizer.json} in UTF-8
 */
record LoadedEncoder(EncoderConfig config, CanonicalWeights weights, byte[] tokenizerJson) {}
