package org.adapterbench.core.weights;

/**
 * The file {@code encoder.json} beside a cached encoder: all that need not be computed again.
 *
 * @param weightsSample digest of some blocks of the weight file, checked at each opening
 */
record EncoderManifest(
        int format,
        String name,
        EncoderConfig config,
        LoadReport report,
        String weightsSha256,
        long weightsBytes,
        String weightsSample,
        String tokenizerSha256) {

    /** Raised when the cached form or what it is checked for changes; older folders are then built anew. */
    static final int FORMAT = 2;
}
