package org.adapterbench.core.encoder;

import org.adapterbench.core.weights.EncoderConfig;

/** Floating-point operations of the matrix products of an encoder's layers; nothing else is counted. */
public final class Flops {

    private Flops() {}

    /**
     * One forward pass: four H x H maps and two H x F maps a token, two S x S x H products an example, in every layer.
     *
     * @param length of every row, padding included
     */
    public static double forward(EncoderConfig encoder, int rows, int length) {
        double hidden = encoder.hidden();
        double tokens = (double) rows * length;
        double maps = 2 * tokens * (4 * hidden * hidden + 2 * hidden * encoder.intermediate());
        double attention = 2 * 2 * tokens * length * hidden;
        return encoder.layers() * (maps + attention);
    }

    /**
     * About the share of {@link #forward} that is left out where the last layer computes only the tokens that the head
     * reads: all of that layer's maps but keys and values. That one token in S is computed, and that the products of
     * attention are left out too, is not counted.
     */
    public static double unreadShare(EncoderConfig encoder) {
        double hidden = encoder.hidden();
        return (1 - hidden / (2 * hidden + encoder.intermediate())) / encoder.layers();
    }
}
