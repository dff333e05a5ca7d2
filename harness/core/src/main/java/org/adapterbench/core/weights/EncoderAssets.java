package org.adapterbench.core.weights;

import java.nio.file.Path;

/**
 * An encoder ready for use on this machine.
 *
 * @param name            catalogue name, or the folder's or hub model's name
 * @param weights         encoder and, where the source has one, pooler ({@code pooler.dense.weight}, ...);
 *                        RoBERTa checkpoints never contribute a head
 * @param tokenizerFile   {@code tokenizer.json}
 * @param weightsSha256   over names, shapes and values; equal for equal tensors whatever the source format
 * @param tokenizerSha256 over the tokenizer file
 */
public record EncoderAssets(
        String name,
        EncoderConfig config,
        WeightSource weights,
        Path tokenizerFile,
        String weightsSha256,
        String tokenizerSha256,
        LoadReport report) {}
