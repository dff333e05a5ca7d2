package org.adapterbench.core;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.adapterbench.api.Sha256;

/**
 * All randomness of a run: one seed a purpose, derived from the run seed, and draws whose algorithms are
 * written down here so that no JDK changes them.
 */
public final class Seeds {

    /** The generator, specified by the JDK (L. and S. Steele, Vigna: LXM, 2021). */
    public static final String ALGORITHM = "L64X128MixRandom";

    private Seeds() {}

    /** The seed for one purpose ({@code head}, {@code shuffle}, {@code dropout}, ...) of a run. */
    public static long derive(long runSeed, String purpose) {
        byte[] digest =
                HexFormat.of().parseHex(new Sha256().add(purpose).add(runSeed).hex());
        return ByteBuffer.wrap(digest).getLong();
    }

    /** A generator for a derived seed. */
    public static RandomGenerator generator(long seed) {
        return RandomGeneratorFactory.of(ALGORITHM).create(seed);
    }

    /** Shuffles in place (Fisher and Yates; bound by multiplication of 32 random bits). */
    public static void shuffle(int[] values, RandomGenerator random) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = (int) (((random.nextLong() >>> 32) * (i + 1L)) >>> 32);
            int swapped = values[i];
            values[i] = values[j];
            values[j] = swapped;
        }
    }

    /** Draws from N(0, deviation²) by Box and Muller, in double with {@link StrictMath}, then cast. */
    public static float[] normal(int count, double deviation, RandomGenerator random) {
        float[] values = new float[count];
        for (int i = 0; i < count; i += 2) {
            double radius = StrictMath.sqrt(-2.0 * StrictMath.log(1.0 - uniform(random)));
            double angle = 2.0 * StrictMath.PI * uniform(random);
            values[i] = (float) (deviation * radius * StrictMath.cos(angle));
            if (i + 1 < count) {
                values[i + 1] = (float) (deviation * radius * StrictMath.sin(angle));
            }
        }
        return values;
    }

    /** 53 random bits in [0, 1). */
    private static double uniform(RandomGenerator random) {
        return (random.nextLong() >>> 11) * 0x1.0p-53;
    }
}
