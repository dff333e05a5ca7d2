package org.adapterbench.api.method;

/**
 * The sizes that a method may need.
 *
 * @param layers       number of encoder layers
 * @param hidden       width of the hidden states
 * @param intermediate width of the feed-forward layer
 * @param heads        attention heads a layer
 */
public record ModelShape(int layers, int hidden, int intermediate, int heads) {}
