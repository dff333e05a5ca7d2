package org.adapterbench.core.launch;

import org.adapterbench.api.record.RunRecord;
import org.adapterbench.core.grid.PlannedRun;
import org.adapterbench.core.run.RunListener;

/** Told how a grid proceeds. With several workers it is called by several threads at once. */
public interface GridListener {

    /** The run was finished before. */
    default void skipped(PlannedRun run) {}

    /** The run begins; what this returns is told of its progress. */
    default RunListener started(PlannedRun run) {
        return RunListener.silent();
    }

    /** The run has ended and its record is on the disk. */
    default void ended(PlannedRun run, RunRecord record) {}

    /** The run was stopped, or had not begun when everything stopped; it leaves no record. */
    default void stopped(PlannedRun run) {}
}
