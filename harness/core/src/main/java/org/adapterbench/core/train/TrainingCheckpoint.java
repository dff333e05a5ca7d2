package org.adapterbench.core.train;

import java.util.Optional;

/** Where a stage of training keeps its state, so that a killed process loses little. Used by the training thread. */
public interface TrainingCheckpoint {

    /** The last state that was written; absent when there is none, or none that can be trusted. */
    Optional<TrainingState> read();

    /** Gives up the state just read, which does not fit what is to be trained. */
    void reject(String why);

    /** Whether the last write was long enough ago. */
    boolean due();

    /**
     * Replaces the state. The tensors are read before this returns; the rest may take longer. A failure to write must
     * not end the training.
     */
    void write(TrainingState state);

    /** Returns when what was written cannot be lost any more. */
    void settle();

    /** Keeps nothing. */
    static TrainingCheckpoint none() {
        return new TrainingCheckpoint() {
            @Override
            public Optional<TrainingState> read() {
                return Optional.empty();
            }

            @Override
            public void reject(String why) {}

            @Override
            public boolean due() {
                return false;
            }

            @Override
            public void write(TrainingState state) {}

            @Override
            public void settle() {}
        };
    }
}
