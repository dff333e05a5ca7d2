package org.adapterbench.core.weights;

/**
 * A named encoder, and whether it can be used on this machine as it is.
 *
 * @param remedy what makes it usable; empty when it is
 */
public record CatalogueEntry(String name, String summary, EncoderConfig config, boolean usable, String remedy) {}
