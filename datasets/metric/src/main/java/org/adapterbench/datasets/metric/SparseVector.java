package org.adapterbench.datasets.metric;

/**
 * The features of one example that are not zero.
 *
 * @param indices feature numbers
 * @param values  their values, in the same order
 */
record SparseVector(int[] indices, double[] values) {}
