package org.adapterbench.api.record;

import org.adapterbench.api.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * The versioned result of one run, written once and never changed.
 *
 * @param schemaVersion version of this structure
 * @param runId         SHA-256 of the spec's canonical JSON
 * @param experiment    name of the experiment that asked for the run
 * @param variant       display name of the method with its settings in that experiment
 * @param status        how it ended
 * @param failure       present exactly when the status is FAILED
 * @param outcome       present exactly when the status is FINISHED
 */
public record RunRecord(
        int schemaVersion,
        String runId,
        String experiment,
        String variant,
        Status status,
        RunSpec spec,
        @Nullable Failure failure,
        @Nullable Outcome outcome,
        Provenance provenance) {

    /** The version that this program writes. */
    public static final int SCHEMA_VERSION = 2;

    /** How a run ended. A stopped run leaves no record. */
    public enum Status {
        FINISHED,
        FAILED
    }

    /** What went wrong. */
    public record Failure(
            FailureKind kind, String message, @Nullable String logTail) {}

    /** The record of a run with an outcome. */
    public static RunRecord finished(
            String runId, String experiment, String variant, RunSpec spec, Outcome outcome, Provenance provenance) {
        return new RunRecord(
                SCHEMA_VERSION, runId, experiment, variant, Status.FINISHED, spec, null, outcome, provenance);
    }

    /** The record of a run without one. */
    public static RunRecord failed(
            String runId, String experiment, String variant, RunSpec spec, Failure failure, Provenance provenance) {
        return new RunRecord(
                SCHEMA_VERSION, runId, experiment, variant, Status.FAILED, spec, failure, null, provenance);
    }

    public RunRecord {
        if ((failure != null) != (status == Status.FAILED) || (outcome != null) != (status == Status.FINISHED)) {
            throw new IllegalArgumentException(runId + ": status " + status + " does not fit failure/outcome");
        }
    }
}
