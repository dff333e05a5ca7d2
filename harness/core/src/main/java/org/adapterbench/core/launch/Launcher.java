package org.adapterbench.core.launch;

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
