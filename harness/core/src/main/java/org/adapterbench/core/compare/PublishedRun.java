package org.adapterbench.core.compare;

import java.util.List;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.api.record.RunSpec;

/**
 * What is committed of one run.
 *
 * @param variant  the method's label in the experiment
 * @param start    SHA-256 of the weights that training began with
 * @param hashes   over loss curve, final weights and predictions
 * @param reported metrics of the reported checkpoint
 */
public record PublishedRun(
        String runId,
        String task,
        String variant,
        long seed,
        String start,
        Outcome.Hashes hashes,
        List<Outcome.SplitScore> reported) {

    public PublishedRun {
        reported = List.copyOf(reported);
    }

    /** The summary of a finished run. */
    public static PublishedRun of(RunRecord record) {
        Outcome outcome = record.outcome();
        if (outcome == null) {
            throw new IllegalArgumentException(record.runId() + " has no outcome to publish");
        }
        RunSpec spec = record.spec();
        return new PublishedRun(
                record.runId(),
                spec.task().name(),
                record.variant(),
                spec.seed(),
                outcome.start().sha256(),
                outcome.hashes(),
                outcome.reported());
    }

    /** What another execution is compared with. */
    public Evidence evidence() {
        return new Evidence(start, hashes, reported, null);
    }
}
