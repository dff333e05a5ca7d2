package org.adapterbench.cli.portable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.adapterbench.core.Seeds;

/** Data cache sizes of a processor as Eigen counts them: bytes that one core sees of each level. */
record CacheSizes(long l1, long l2, long l3) {

    private static final long KIB = 1024;

    static CacheSizes kib(long l1, long l2, long l3) {
        return new CacheSizes(l1 * KIB, l2 * KIB, l3 * KIB);
    }

    /** Processors with AVX2 that were built, by their data sheets. */
    static List<CacheSizes> built() {
        return List.of(
                // Haswell to Skylake clients; Haswell and Broadwell servers; Skylake and Ice Lake servers
                kib(32, 256, 8_192),
                kib(32, 256, 46_080),
                kib(32, 1_024, 25_344),
                kib(48, 1_280, 55_296),
                // Ice Lake, Tiger Lake, Alder Lake and Raptor Lake clients; Sapphire and Emerald Rapids
                kib(48, 512, 8_192),
                kib(48, 1_280, 12_288),
                kib(48, 1_280, 30_720),
                kib(48, 2_048, 36_864),
                kib(48, 2_048, 115_200),
                kib(48, 2_048, 327_680),
                // Lunar Lake and Arrow Lake; small cores of both, which share their second level
                kib(48, 2_560, 12_288),
                kib(48, 3_072, 36_864),
                kib(32, 2_048, 30_720),
                kib(32, 4_096, 36_864),
                // Zen to Zen 3, Zen 4, Zen 5, with and without a stacked third level; Excavator; Zhaoxin
                kib(32, 512, 4_096),
                kib(32, 512, 32_768),
                kib(32, 512, 98_304),
                kib(32, 1_024, 32_768),
                kib(48, 1_024, 32_768),
                kib(32, 1_024, 1_024),
                kib(32, 256, 16_384),
                // Knights Landing has no third level; what qemu-user's Haswell and old-style AMD say
                kib(32, 1_024, 0),
                kib(32, 4_096, 16_384),
                kib(64, 512, 16_384));
    }

    /** Processors that nobody built, drawn from a seed. */
    static List<CacheSizes> invented(int count, long seed) {
        RandomGenerator random = Seeds.generator(seed);
        List<CacheSizes> sizes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long l1 = 28 + 4 * random.nextInt(26);
            long l2 = 192 + 64 * random.nextInt(100);
            sizes.add(kib(l1, l2, l2 + 1_024 * random.nextInt(300)));
        }
        return sizes;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d/%d/%d KiB", l1 / KIB, l2 / KIB, l3 / KIB);
    }
}
