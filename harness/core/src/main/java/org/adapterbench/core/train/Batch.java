package org.adapterbench.core.train;

import java.util.Arrays;
import java.util.List;
import org.adapterbench.core.weights.EncoderConfig;

/**
 * One padded batch, row-major arrays of {@code rows x length}. Rows beyond the examples are filled with
 * padding alone, so that every batch has the same number of rows.
 *
 * @param rows      rows of the arrays
 * @param length    padded tokens a row
 * @param examples  indices of the examples in the first rows
 * @param targets   one a row, 0 in filled rows
 * @param realTokens tokens that are not padding
 * @param frozen    activations behind the frozen layers, one block an example; empty to compute them
 */
public record Batch(
        int rows,
        int length,
        int[] examples,
        int[] tokens,
        int[] types,
        int[] positions,
        float[] mask,
        float[] targets,
        int realTokens,
        List<ActivationBlock> frozen) {

    /** Lays out the chosen examples. */
    public static Batch of(List<EncodedExample> all, int[] chosen, int rows, int length, EncoderConfig config) {
        int[] tokens = new int[rows * length];
        int[] types = new int[rows * length];
        int[] positions = new int[rows * length];
        float[] mask = new float[rows * length];
        float[] targets = new float[rows];
        int real = 0;
        Arrays.fill(tokens, config.padToken());
        for (int row = 0; row < rows; row++) {
            int filled = row < chosen.length ? all.get(chosen[row]).tokens().length() : 0;
            for (int column = 0; column < length; column++) {
                positions[row * length + column] = position(config, column, column < filled);
            }
            if (row < chosen.length) {
                EncodedExample example = all.get(chosen[row]);
                System.arraycopy(example.tokens().ids(), 0, tokens, row * length, filled);
                System.arraycopy(example.tokens().types(), 0, types, row * length, filled);
                Arrays.fill(mask, row * length, row * length + filled, 1f);
                targets[row] = example.target();
                real += filled;
            }
        }
        return new Batch(rows, length, chosen.clone(), tokens, types, positions, mask, targets, real, List.of());
    }

    /** The same with stored activations. */
    Batch withFrozen(List<ActivationBlock> blocks) {
        return new Batch(rows, length, examples, tokens, types, positions, mask, targets, realTokens, blocks);
    }

    /** BERT counts from 0 through the padding; RoBERTa counts tokens from padToken + 1 and pads with padToken. */
    private static int position(EncoderConfig config, int column, boolean token) {
        return switch (config.family()) {
            case BERT -> Math.min(column, config.maxPositions() - 1);
            case ROBERTA -> token ? config.firstPosition() + column : config.padToken();
        };
    }
}
