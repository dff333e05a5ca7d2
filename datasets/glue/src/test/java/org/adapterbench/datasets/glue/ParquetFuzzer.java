package org.adapterbench.datasets.glue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Entry of the fuzzer ({@code make fuzz}) for parquet files. */
public final class ParquetFuzzer {

    private static final GlueFuzz FUZZ = new GlueFuzz(Layout.PARQUET, "split.parquet");

    private ParquetFuzzer() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        read(bytes);
    }

    /** The line of a refusal; empty when the split could be read. */
    static Optional<String> read(byte[] bytes) {
        return FUZZ.read(bytes);
    }

    /** Sound inputs. */
    public static List<byte[]> seeds() {
        try {
            List<byte[]> seeds = new ArrayList<>();
            for (String name : List.of("none", "snappy", "gzip", "zstd", "plain-v2", "null-text")) {
                seeds.add(GlueFuzz.seed(SmallGlue.RTE, true, ParquetLayoutTest.bytes(name)));
            }
            seeds.add(GlueFuzz.seed(SmallGlue.STS_B, true, ParquetLayoutTest.bytes("scores")));
            seeds.add(GlueFuzz.seed(SmallGlue.RTE, false, ParquetLayoutTest.bytes("unlabelled")));
            return seeds;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
