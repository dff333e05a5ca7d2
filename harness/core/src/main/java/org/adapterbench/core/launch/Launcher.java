package org.adapterbench.core.launch;

import org.adapterbench.core.grid.PlannedRun;
import org.adapterbench.core.run.RunListener;
import org.adapterbench.core.run.RunRequest;

/** Executes runs outside this process. Safe for use by several threads. */
public interface Launcher extends AutoCloseable {

    /**
     * Executes one run and waits for its end. Never throws for what happens to the run.
     *
     * @param listener told of the run's progress on the calling thread
     */
    RunResult launch(RunRequest request, RunListener listener);

    /** No further run of the group comes for now: the worker that was kept for it may serve others. */
    void release(PlannedRun.Group group);

    /**
     * Asks everything to end: running steps are finished, runs answer {@link RunResult.Stopped}, later ones do
     * not begin. Returns when nothing runs any more.
     */
    void stop();

    /** Whether everything was asked to end, so that nothing begins any more. */
    boolean stopping();

    /** Ends idle workers. */
    @Override
    void close();
}
