package org.adapterbench.core.launch;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.adapterbench.api.FailureKind;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.api.record.Provenance;
import org.jspecify.annotations.Nullable;

/** What a worker tells its parent. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Report.Ready.class, name = "ready"),
    @JsonSubTypes.Type(value = Report.Begun.class, name = "begun"),
    @JsonSubTypes.Type(value = Report.Stage.class, name = "stage"),
    @JsonSubTypes.Type(value = Report.Step.class, name = "step"),
    @JsonSubTypes.Type(value = Report.Resumed.class, name = "resumed"),
    @JsonSubTypes.Type(value = Report.Scored.class, name = "scored"),
    @JsonSubTypes.Type(value = Report.Evaluated.class, name = "evaluated"),
    @JsonSubTypes.Type(value = Report.Finished.class, name = "finished"),
    @JsonSubTypes.Type(value = Report.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = Report.Stopped.class, name = "stopped")
})
sealed interface Report {

    /** The worker has started and waits for a run. */
    record Ready() implements Report {}

    /** The run begins in this surrounding. */
    record Begun(Provenance provenance) implements Report {}

    /** A stage begins. */
    record Stage(String name) implements Report {}

    /** @param loss null when it is not finite */
    record Step(String stage, int step, int steps, @Nullable Float loss) implements Report {}

    /** A stage goes on behind this step of an earlier process. */
    record Resumed(String stage, int step, int steps) implements Report {}

    /** An evaluation is so many batches far. */
    record Scored(String stage, int batches) implements Report {}

    /** An epoch was scored. */
    record Evaluated(String stage, Outcome.Epoch epoch) implements Report {}

    /** The run is done. */
    record Finished(Outcome outcome) implements Report {}

    /** The run failed and said why. */
    record Failed(FailureKind kind, String message) implements Report {}

    /** The run ended on request. */
    record Stopped() implements Report {}
}
