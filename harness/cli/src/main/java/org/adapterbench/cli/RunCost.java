package org.adapterbench.cli;

/**
 * What a run will cost, as estimated beforehand.
 *
 * @param warmupSteps  steps of the warm-up that this run makes for itself and those after it; 0 where an
 *                     earlier run of the grid makes it
 * @param steps        the method's own steps
 * @param flops        floating-point operations, warm-up and evaluations included
 * @param peakBytes    resident memory of its worker
 * @param diskBytes    what it leaves in the output folder
 * @param warmupBytes  what it leaves in the cache
 */
record RunCost(int warmupSteps, int steps, double flops, long peakBytes, long diskBytes, long warmupBytes) {}
