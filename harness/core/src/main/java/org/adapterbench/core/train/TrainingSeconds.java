package org.adapterbench.core.train;

/**
 * Wall time of a stage of training by what it went into, those of earlier processes that it went on from included.
 * Every moment is in one part only.
 *
 * @param training     steps, and what is in no other part
 * @param evaluation   of every epoch and of the reported checkpoint
 * @param frozenLayers first passes through frozen layers, whose activations are kept
 * @param checkpoint   keeping the state
 */
public record TrainingSeconds(double training, double evaluation, double frozenLayers, double checkpoint) {

    /** Before anything was done. */
    public static final TrainingSeconds NONE = new TrainingSeconds(0, 0, 0, 0);

    /** All parts. */
    public double total() {
        return training + evaluation + frozenLayers + checkpoint;
    }
}
