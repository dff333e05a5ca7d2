package org.adapterbench.cli;

import java.util.HashSet;
import java.util.Set;
import org.adapterbench.core.train.ActivationStore;

/**
 * What a worker will have stored of frozen layers while it serves the runs of a group, in numbers: an
 * {@link ActivationStore} without the activations.
 */
final class ActivationRoom {

    private final long mostBytes;
    private final Set<Selection> known = new HashSet<>();
    private long usedBytes;
    private long reservedBytes;

    /** What decides activations within a group. @param part the place among the run's selections */
    record Selection(int frozenLayers, int batchSize, int maxLength, int heldOut, int part) {}

    /** @param bytes bound on all of it; 0 stores nothing */
    ActivationRoom(long bytes) {
        this.mostBytes = bytes / ActivationStore.SEGMENT_BYTES * ActivationStore.SEGMENT_BYTES;
    }

    /**
     * How often a run computes a selection's frozen layers.
     *
     * @param bytes  size of the activations
     * @param passes of the run over the selection
     * @return 0 where an earlier run did so, 1 where this one stores them, each pass where they do not fit
     */
    int computations(Selection selection, long bytes, int passes) {
        if (passes == 0 || known.contains(selection)) {
            return 0;
        }
        long needed = inSegments(usedBytes + bytes);
        if (needed > mostBytes) {
            // The store finds that out only when it is full.
            reservedBytes = mostBytes;
            return passes;
        }
        known.add(selection);
        usedBytes += bytes;
        reservedBytes = Math.max(reservedBytes, needed);
        return 1;
    }

    private static long inSegments(long bytes) {
        long segment = ActivationStore.SEGMENT_BYTES;
        return (bytes + segment - 1) / segment * segment;
    }

    /** Memory that it takes. */
    long memoryBytes() {
        return Math.min(reservedBytes, ActivationStore.MEMORY_BYTES);
    }

    /** What is on the disk because memory has no room for it. */
    long fileBytes() {
        return reservedBytes - memoryBytes();
    }
}
