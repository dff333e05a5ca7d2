package org.adapterbench.datasets.glue;

import java.util.List;
import java.util.Optional;

/** Entry of the fuzzer ({@code make fuzz}) for TSV files. */
public final class TsvFuzzer {

    private static final GlueFuzz FUZZ = new GlueFuzz(Layout.TSV, "split.tsv");

    private TsvFuzzer() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        read(bytes);
    }

    /** The line of a refusal; empty when the split could be read. */
    static Optional<String> read(byte[] bytes) {
        return FUZZ.read(bytes);
    }

    /** Sound inputs. */
    public static List<byte[]> seeds() {
        return SmallGlue.tsvSeeds();
    }
}
