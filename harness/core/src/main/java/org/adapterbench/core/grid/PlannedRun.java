package org.adapterbench.core.grid;

import org.adapterbench.api.record.RunSpec;

/**
 * One cell of the grid.
 *
 * @param runId   id of the spec
 * @param variant the method's label in the experiment
 * @param encoder as the experiment names it: catalogue name, folder, or {@code hub:name@revision}
 */
public record PlannedRun(String runId, RunSpec spec, String variant, String encoder) {

    /** Runs with equal groups share weights, data and warm-up, and so belong into one worker. */
    public record Group(RunSpec.EncoderSpec encoder, RunSpec.TaskSpec task, RunSpec.StartSpec start, long seed) {

        /** The group of a run with this spec. */
        public static Group of(RunSpec spec) {
            return new Group(spec.encoder(), spec.task(), spec.start(), spec.seed());
        }
    }

    public Group group() {
        return Group.of(spec);
    }
}
