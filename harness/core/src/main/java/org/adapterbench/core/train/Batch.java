package org.adapterbench.core.train;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
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

    /**
     * Cut into parts of as many rows each, the number rounded up: in rows that are left over a part has a copy of the
     * batch's last row, of which it knows no example; stored activations of such a row are 0.
     */
    List<Batch> parts(int count) {
        if (count == 1) {
            return List.of(this);
        }
        int each = (rows + count - 1) / count;
        return IntStream.range(0, count).mapToObj(i -> part(i * each, each)).toList();
    }

    private Batch part(int first, int count) {
        int[] ids = new int[count * length];
        int[] segments = new int[count * length];
        int[] places = new int[count * length];
        float[] real = new float[count * length];
        float[] answers = new float[count];
        for (int row = 0; row < count; row++) {
            int source = Math.min(first + row, rows - 1);
            System.arraycopy(tokens, source * length, ids, row * length, length);
            System.arraycopy(types, source * length, segments, row * length, length);
            System.arraycopy(positions, source * length, places, row * length, length);
            System.arraycopy(mask, source * length, real, row * length, length);
            answers[row] = first + row < rows ? targets[source] : 0;
        }
        int from = Math.min(first, examples.length);
        int to = Math.min(first + count, examples.length);
        int realCount = 0;
        for (int i = 0; i < (to - from) * length; i++) {
            realCount += (int) real[i];
        }
        return new Batch(
                count,
                length,
                Arrays.copyOfRange(examples, from, to),
                ids,
                segments,
                places,
                real,
                answers,
                realCount,
                frozen.isEmpty() ? frozen : frozen.subList(from, to));
    }

    /** BERT counts from 0 through the padding; RoBERTa counts tokens from padToken + 1 and pads with padToken. */
    private static int position(EncoderConfig config, int column, boolean token) {
        return switch (config.family()) {
            case BERT -> Math.min(column, config.maxPositions() - 1);
            case ROBERTA -> token ? config.firstPosition() + column : config.padToken();
        };
    }
}
