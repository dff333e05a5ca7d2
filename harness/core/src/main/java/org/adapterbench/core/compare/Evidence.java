package org.adapterbench.core.compare;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.core.store.PredictionLine;
import org.adapterbench.core.weights.SafeTensors;
import org.adapterbench.core.weights.WeightSource;
import org.jspecify.annotations.Nullable;

/**
 * What one execution of a run is compared by.
 *
 * @param startSha256 the weights that training began with
 * @param hashes      over loss curve, final weights and predictions
 * @param reported    metrics of the reported checkpoint
 * @param detail      what only a whole record has; null for a published summary
 */
public record Evidence(
        String startSha256,
        Outcome.Hashes hashes,
        List<Outcome.SplitScore> reported,
        @Nullable Detail detail) {

    public Evidence {
        reported = List.copyOf(reported);
    }

    /**
     * What tells how far apart two executions are.
     *
     * @param parameters  counts
     * @param lossCurve   training loss at each step
     * @param epochs      scores by epoch
     * @param predictions of the reported checkpoint; empty where the run's file is not at hand
     * @param weights     what the run kept of its weights; null where the file is not at hand
     */
    public record Detail(
            Outcome.ParameterCounts parameters,
            List<Float> lossCurve,
            List<Outcome.Epoch> epochs,
            List<PredictionLine> predictions,
            @Nullable WeightSource weights) {
        public Detail {
            lossCurve = List.copyOf(lossCurve);
            epochs = List.copyOf(epochs);
            predictions = List.copyOf(predictions);
        }
    }

    /**
     * The evidence of a finished run.
     *
     * @param folder where the run left its files, if they are at hand
     * @throws org.adapterbench.api.UserError when a file is there and damaged
     */
    public static Evidence of(Outcome outcome, Path folder) {
        Path predictions = folder.resolve(outcome.files().predictions());
        Path weights = folder.resolve(outcome.files().adapter());
        return new Evidence(
                outcome.start().sha256(),
                outcome.hashes(),
                outcome.reported(),
                new Detail(
                        outcome.parameters(),
                        outcome.lossCurve(),
                        outcome.epochs(),
                        Files.isRegularFile(predictions) ? PredictionLine.read(predictions) : List.of(),
                        Files.isRegularFile(weights) ? SafeTensors.open(weights) : null));
    }
}
