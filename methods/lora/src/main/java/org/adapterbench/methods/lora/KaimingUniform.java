package org.adapterbench.methods.lora;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.adapterbench.api.Sha256;

/** Draws the start of a linear weight as PyTorch's {@code nn.Linear} does: U(-1/sqrt(in), 1/sqrt(in)). */
final class KaimingUniform {

    /** Named, not the JDK's default choice; plain integer arithmetic, so the same on every machine. */
    private static final String ALGORITHM = "L64X128MixRandom";

    private static final int HEX_DIGITS_OF_A_LONG = 16;

    private KaimingUniform() {}

    /**
     * Values of a matrix of out x in, row-major. Every name has a stream of its own, so a matrix does not
     * depend on which others are drawn, or in which order.
     */
    static float[] draw(long seed, String name, int out, int in) {
        String digest = new Sha256().add(seed).add(name).hex();
        long stream = Long.parseUnsignedLong(digest.substring(0, HEX_DIGITS_OF_A_LONG), 16);
        RandomGenerator random =
                RandomGeneratorFactory.<RandomGenerator>of(ALGORITHM).create(stream);
        double bound = 1 / Math.sqrt(in);
        float[] values = new float[out * in];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
        }
        return values;
    }
}
