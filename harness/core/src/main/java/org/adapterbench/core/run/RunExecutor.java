package org.adapterbench.core.run;

import org.adapterbench.api.record.Outcome;
import org.tensorflow.TensorFlow;

/**
 * Executes runs one after the other in this process and keeps what they share (weights, tokenizers, warm-up
 * checkpoints) between them. Used by one thread.
 */
public interface RunExecutor extends AutoCloseable {

    /**
     * Executes one run and leaves its files in the request's folder.
     *
     * @throws org.adapterbench.api.RunFailure when the run fails for a known reason
     * @throws org.adapterbench.api.UserError  when its settings do not fit the encoder or the task
     */
    Outcome execute(RunRequest request, RunListener listener);

    /** The version of the library that computes. */
    default String tensorflowVersion() {
        return TensorFlow.version();
    }

    @Override
    void close();
}
