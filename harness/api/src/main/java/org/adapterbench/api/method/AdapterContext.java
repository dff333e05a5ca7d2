package org.adapterbench.api.method;

/**
 * What a method sees of a run before the graph is built.
 *
 * @param start      the model that training starts from (the warm-up checkpoint, or the pretrained weights)
 * @param pretrained the weights as published; the same object as {@code start} without a warm-up
 * @param seed       the seed of this run's adapter initialisation
 */
public record AdapterContext(BaseModel start, BaseModel pretrained, long seed) {}
