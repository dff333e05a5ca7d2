package org.adapterbench.core.config;

/** What a run keeps of its weights. */
public enum Save {
    /** The head and what trained in the encoder; of a method that trains the whole encoder, the head alone. */
    ADAPTER,
    /** Every parameter, adapters merged. */
    FULL
}
