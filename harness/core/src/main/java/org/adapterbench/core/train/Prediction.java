package org.adapterbench.core.train;

/**
 * The model's answer for one example.
 *
 * @param expected  class number or value
 * @param predicted class number or value
 * @param scores    head outputs
 */
public record Prediction(String id, float expected, float predicted, float[] scores) {}
