package org.adapterbench.core.launch;

/**
 * How the runs of a grid ended.
 *
 * @param finished now
 * @param skipped  finished before
 * @param failed   now
 * @param stopped  stopped, or not begun
 */
public record GridCounts(int finished, int skipped, int failed, int stopped) {}
