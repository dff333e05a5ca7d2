package org.adapterbench.datasets.glue;

import java.util.List;
import java.util.Optional;

/** Entry of the fuzzer ({@code make fuzz}) for JSON Lines files. */
public final class JsonLinesFuzzer {

    private static final GlueFuzz FUZZ = new GlueFuzz(Layout.JSON_LINES, "split.jsonl");

    private JsonLinesFuzzer() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        read(bytes);
    }

    /** The line of a refusal; empty when the split could be read. */
    static Optional<String> read(byte[] bytes) {
        return FUZZ.read(bytes);
    }

    /** Sound inputs. */
    public static List<byte[]> seeds() {
        return SmallGlue.jsonSeeds();
    }
}
