package org.adapterbench.core.train;

import java.util.List;
import org.adapterbench.api.record.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * How far a stage of training is and what it has measured. The number of losses is the whole position: the order of
 * an epoch's batches and the dropout of a step are derived from the seed and their number, so nothing random has to be
 * remembered.
 *
 * @param lossCurve   loss of each step done
 * @param epochs      the evaluated epochs, epoch 0 first
 * @param scores      head outputs of the batches that the evaluation under way has scored, in its order
 * @param bestScore   of the best epoch so far, null where none was chosen
 * @param stepSeconds of each step
 * @param examples    trained on
 * @param tokens      trained on, without padding
 * @param seconds     wall time, by what it went into
 */
public record TrainingProgress(
        List<Float> lossCurve,
        List<Outcome.Epoch> epochs,
        List<float[][]> scores,
        @Nullable Double bestScore,
        List<Double> stepSeconds,
        long examples,
        long tokens,
        TrainingSeconds seconds) {

    public TrainingProgress {
        lossCurve = List.copyOf(lossCurve);
        epochs = List.copyOf(epochs);
        scores = List.copyOf(scores);
        stepSeconds = List.copyOf(stepSeconds);
    }

    /** Steps done. */
    public int steps() {
        return lossCurve.size();
    }
}
