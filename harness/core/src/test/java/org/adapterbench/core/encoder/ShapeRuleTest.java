package org.adapterbench.core.encoder;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.adapterbench.api.UserError;
import org.adapterbench.core.encoder.ShapeRule.Matrix;
import org.adapterbench.core.weights.EncoderConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapeRuleTest {

    @ParameterizedTest
    @CsvSource({
        // encoder, feed-forward and batch, length, classes, then a weight of an adapter
        "384, 1536, 32, 128, 2, 8, 384",
        "384, 1536, 32, 384, 26, 96, 1536",
        "768, 3072, 8, 128, 72, 768, 8",
        "768, 3072, 384, 128, 96, 8, 768",
        "384, 1536, 4, 12, 2, 96, 384",
        "48, 96, 8, 48, 2, 4, 48",
        "96, 120, 8, 12, 2, 96, 96"
    })
    void shapesWithoutAProductThatFollowsTheCachesAreAllowed(
            int hidden, int intermediate, int batch, int length, int classes, int out, int in) {
        assertThatCode(() -> require(hidden, intermediate, batch, length, classes, out, in))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1024 | 4096 | 32  | 128 | 2   | 8   | 72   | encoder width 1024
            384  | 1000 | 32  | 128 | 2   | 8   | 384  | encoder feed-forward width 1000
            384  | 1536 | 7   | 128 | 2   | 8   | 384  | batch-size 7
            384  | 1536 | 74  | 128 | 2   | 8   | 384  | batch-size 74
            384  | 1536 | 408 | 128 | 2   | 8   | 384  | batch-size 408
            384  | 1536 | 32  | 385 | 2   | 8   | 384  | max-length 385
            384  | 1536 | 32  | 128 | 73  | 8   | 384  | number of classes 73
            384  | 1536 | 32  | 128 | 2   | 100 | 384  | dimension of factor 100
            768  | 3072 | 6   | 128 | 2   | 8   | 768  | the pooler's product, 6 x 768 sums of 768
            384  | 1536 | 4   | 128 | 2   | 96  | 1536 | the product with factor, 48 x 96 sums of 1536
            384  | 1536 | 4   | 128 | 2   | 768 | 96   | the gradient through factor, 48 x 96 sums of 768
            48   | 96   | 8   | 64  | 2   | 4   | 48   | a layer's weight gradient, 48 x 48 sums of 576
            """)
    void aProductThatFollowsTheCachesIsRefused(
            int hidden, int intermediate, int batch, int length, int classes, int out, int in, String what) {
        assertThatThrownBy(() -> require(hidden, intermediate, batch, length, classes, out, in))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("numerics: portable: ")
                .hasMessageContaining(what + " does not give the same bits on every processor (allowed: ")
                .hasMessageEndingWith("; or numerics: fast)");
    }

    private static void require(int hidden, int intermediate, int batch, int length, int classes, int out, int in) {
        EncoderConfig config = new EncoderConfig(
                EncoderConfig.Family.BERT,
                100,
                hidden,
                2,
                hidden % 24 == 0 ? hidden / 24 : 16,
                intermediate,
                512,
                2,
                1e-12,
                EncoderConfig.Activation.GELU,
                0);
        ShapeRule.require(config, batch, length, classes, List.of(new Matrix("factor", List.of(out, in))));
    }
}
