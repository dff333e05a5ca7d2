package org.adapterbench.core.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.weights.EncoderConfig;
import org.adapterbench.core.weights.EncoderStore;
import org.junit.jupiter.api.Test;

class FlopsTest {

    private static final EncoderConfig BGE_SMALL = new EncoderStore(CacheFolder.of(System.getenv()))
            .catalogue().stream()
                    .filter(entry -> entry.name().equals("bge-small"))
                    .findFirst()
                    .orElseThrow()
                    .config();

    /** 12 layers, 384 wide, 1,536 inside: 3.54 million multiply-adds a token in the maps, and 2 S H for the attention. */
    @Test
    void aForwardPassOfBgeSmallIsNinetyOneBillionOperations() {
        double maps = 2.0 * 12 * (4 * 384 * 384 + 2 * 384 * 1536) * 32 * 64;
        double attention = 2.0 * 12 * 2 * 64 * 384 * 32 * 64;
        assertThat(Flops.forward(BGE_SMALL, 32, 64))
                .isCloseTo(maps + attention, within(1.0))
                .isBetween(88e9, 92e9);
    }

    @Test
    void theForwardPassOfTheReferenceScriptCostsWhatTheScriptSays() {
        // Batch 32 x 64 tokens of bge-small's shape: 12 (2 T (4 H H + 2 H F) + 4 B S S H).
        double tokens = 32 * 64;
        double expected = 12 * (2 * tokens * (4 * 384.0 * 384 + 2 * 384.0 * 1536) + 4 * 32.0 * 64 * 64 * 384);

        assertThat(Flops.forward(BGE_SMALL, 32, 64)).isEqualTo(expected);
    }

    /** Of 12 H² multiply-adds a token in a layer, the last of 12 computes the 2 H² of keys and values for all tokens. */
    @Test
    void theUnreadShareIsTheLastLayerWithoutKeysAndValues() {
        assertThat(Flops.unreadShare(BGE_SMALL)).isCloseTo(10.0 / 12 / 12, within(1e-12));
    }
}
