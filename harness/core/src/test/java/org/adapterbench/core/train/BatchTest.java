package org.adapterbench.core.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.adapterbench.core.encoder.RandomWeights;
import org.adapterbench.core.tokenize.Tokens;
import org.adapterbench.core.weights.EncoderConfig;
import org.adapterbench.core.weights.EncoderConfig.Family;
import org.junit.jupiter.api.Test;

class BatchTest {

    private static final EncoderConfig CONFIG = RandomWeights.tiny(Family.BERT);

    private static Batch batch(int examples, int rows) {
        List<EncodedExample> all = IntStream.range(0, examples)
                .mapToObj(i -> new EncodedExample("e" + i, new Tokens(new int[] {2, 10 + i}, new int[2]), 1))
                .toList();
        int[] chosen = IntStream.range(0, examples).toArray();
        return Batch.of(all, chosen, rows, 3, CONFIG);
    }

    @Test
    void partsHaveAsManyRowsEachAndTheExamplesInOrder() {
        List<Batch> parts = batch(5, 5).parts(2);

        assertThat(parts).extracting(Batch::rows).containsExactly(3, 3);
        assertThat(parts.get(0).examples()).containsExactly(0, 1, 2);
        assertThat(parts.get(1).examples()).containsExactly(3, 4);
        // The row that is left over repeats the last one, without its example.
        int pad = CONFIG.padToken();
        assertThat(parts.get(1).tokens()).containsExactly(2, 13, pad, 2, 14, pad, 2, 14, pad);
        assertThat(parts.get(1).mask()).containsExactly(1, 1, 0, 1, 1, 0, 1, 1, 0);
        assertThat(parts.get(1).targets()).containsExactly(1, 1, 0);
        assertThat(parts).extracting(Batch::realTokens).containsExactly(6, 4);
    }

    @Test
    void partsBehindTheExamplesHaveNone() {
        List<Batch> parts = batch(1, 4).parts(4);

        assertThat(parts).hasSize(4).allMatch(part -> part.rows() == 1);
        assertThat(parts).extracting(part -> part.examples().length).containsExactly(1, 0, 0, 0);
        assertThat(parts).extracting(Batch::realTokens).containsExactly(2, 0, 0, 0);
    }
}
