package org.adapterbench.api.record;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.adapterbench.api.method.MethodFact;
import org.adapterbench.api.task.SplitFacts;
import org.jspecify.annotations.Nullable;

/**
 * What a finished run measured.
 *
 * @param start        the weights that training began with
 * @param data         the content of the splits that were used
 * @param parameters   counts
 * @param methodFacts  ranks, pivots, energies
 * @param lossCurve    training loss at each step, fp32
 * @param epochs       one entry an epoch, the start (epoch 0) included
 * @param reported     metrics of the reported checkpoint
 * @param hashes       bits to compare two executions by
 * @param cost         time and memory
 * @param files        what else the run left beside its record
 */
public record Outcome(
        Start start,
        List<SplitFacts> data,
        ParameterCounts parameters,
        List<MethodFact> methodFacts,
        List<Float> lossCurve,
        List<Epoch> epochs,
        List<SplitScore> reported,
        Hashes hashes,
        Cost cost,
        Files files) {

    public Outcome {
        data = List.copyOf(data);
        methodFacts = List.copyOf(methodFacts);
        lossCurve = List.copyOf(lossCurve);
        epochs = List.copyOf(epochs);
        reported = List.copyOf(reported);
    }

    /** The same with the wall time of one more stage. */
    public Outcome withStage(String name, double seconds) {
        Cost more = cost.withStage(name, seconds);
        return new Outcome(start, data, parameters, methodFacts, lossCurve, epochs, reported, hashes, more, files);
    }

    /**
     * @param kind   {@code pretrained} or {@code warm-up}
     * @param sha256 over all parameters at step 0, before the method touches them
     */
    public record Start(String kind, String sha256) {}

    /**
     * Trained scalars.
     *
     * @param method     trained by the method in the encoder, added ones included
     * @param head       trained in the head, pooler included
     * @param total      method + head
     * @param model      all parameters of encoder and head, trained or not
     * @param savedBytes size of a safetensors file of all trained parameters, whatever the run was asked to keep
     */
    public record ParameterCounts(long method, long head, long total, long model, long savedBytes) {}

    /**
     * @param epoch     0 before the first step
     * @param trainLoss mean loss over the epoch's steps, null for epoch 0
     * @param scores    one entry an evaluation split; last, with the rule {@code BEST}, the slice of train
     *                  that chooses the epoch, named {@code selection}
     */
    public record Epoch(int epoch, @Nullable Double trainLoss, List<SplitScore> scores) {
        public Epoch {
            scores = List.copyOf(scores);
        }
    }

    /**
     * @param split    evaluation split
     * @param examples how many were scored
     * @param loss     mean loss
     * @param metrics  by metric name
     */
    public record SplitScore(String split, int examples, double loss, SortedMap<String, Double> metrics) {}

    /**
     * SHA-256 values over bits.
     *
     * @param lossCurve   the loss of every step
     * @param weights     the start's hash, then name and final values of every trained parameter
     * @param predictions ids and scores of the reported predictions
     */
    public record Hashes(String lossCurve, String weights, String predictions) {}

    /**
     * Time and memory; times in seconds.
     *
     * @param stages           wall time by stage name
     * @param examplesPerSecond training examples over the time of all steps
     * @param tokensPerSecond   unpadded training tokens over the time of all steps
     * @param stepMedian       of all training steps, null without steps
     * @param peakResidentBytes largest resident size of the worker during this run, null where unknown
     */
    public record Cost(
            SortedMap<String, Double> stages,
            @Nullable Double examplesPerSecond,
            @Nullable Double tokensPerSecond,
            @Nullable Double stepP10,
            @Nullable Double stepMedian,
            @Nullable Double stepP90,
            @Nullable Double stepP99,
            @Nullable Long peakResidentBytes) {

        private Cost withStage(String name, double seconds) {
            SortedMap<String, Double> more = new TreeMap<>(stages);
            more.put(name, seconds);
            return new Cost(
                    more, examplesPerSecond, tokensPerSecond, stepP10, stepMedian, stepP90, stepP99, peakResidentBytes);
        }
    }

    /**
     * Names of files in the run's folder.
     *
     * @param adapter     head and what trained in the encoder, or all weights with {@code save: full}
     * @param predictions per example: split, id, expected, predicted, scores
     * @param log         the worker's log
     */
    public record Files(String adapter, String predictions, String log) {}
}
