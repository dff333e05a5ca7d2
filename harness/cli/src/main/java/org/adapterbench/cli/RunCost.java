package org.adapterbench.cli;

/**
 * What a run will cost, as estimated beforehand.
 *
 * @param warmupSteps  steps of the warm-up that this run makes for itself and those after it; 0 where an
 *                     earlier run of the grid makes it
 * @param steps        the method's own steps
 * @param flops        floating-point operations, warm-up and evaluations included
 * @param peakBytes    resident memory of its worker
 * @param disk         what it leaves, and needs meanwhile
 */
record RunCost(int warmupSteps, int steps, double flops, long peakBytes, Disk disk) {

    /** The same with another peak. */
    RunCost withPeak(long bytes) {
        return new RunCost(warmupSteps, steps, flops, bytes, disk);
    }

    /**
     * Space on the disk.
     *
     * @param output            what the run leaves in the output folder
     * @param checkpoint        more in the output folder while it trains: its state, and the one before until the next
     *                          is whole
     * @param warmup            what it leaves in the cache
     * @param warmupCheckpoint  more in the cache while its warm-up trains
     * @param activations       more in the cache as long as its worker lives
     */
    record Disk(long output, long checkpoint, long warmup, long warmupCheckpoint, long activations) {}
}
