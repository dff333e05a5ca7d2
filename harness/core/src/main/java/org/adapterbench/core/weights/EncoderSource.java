package org.adapterbench.core.weights;

/** One place that an encoder can be brought from. */
interface EncoderSource {

    /** What results call the encoder. */
    String name();

    /**
     * A short text that changes whenever the source's content does; it decides whether a cached form can be
     * used, so it must be cheap.
     *
     * @throws org.adapterbench.api.UserError when the source is not there, with the remedy
     */
    String fingerprint();

    /** Reads and checks everything. */
    LoadedEncoder load();
}
