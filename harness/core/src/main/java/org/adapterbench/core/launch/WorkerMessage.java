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
    @JsonSubTypes.Type(value = WorkerMessage.Ready.class, name = "ready"),
    @JsonSubTypes.Type(value = WorkerMessage.Begun.class, name = "begun"),
    @JsonSubTypes.Type(value = WorkerMessage.Stage.class, name = "stage"),
    @JsonSubTypes.Type(value = WorkerMessage.Step.class, name = "step"),
    @JsonSubTypes.Type(value = WorkerMessage.Resumed.class, name = "resumed"),
    @JsonSubTypes.Type(value = WorkerMessage.Scored.class, name = "scored"),
    @JsonSubTypes.Type(value = WorkerMessage.Evaluated.class, name = "evaluated"),
    @JsonSubTypes.Type(value = WorkerMessage.Finished.class, name = "finished"),
    @JsonSubTypes.Type(value = WorkerMessage.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = WorkerMessage.Stopped.class, name = "stopped")
})
sealed interface WorkerMessage {

    /** The worker has started and waits for a run. */
    record Ready() implements WorkerMessage {}

    /** The run begins in this surrounding. */
    record Begun(Provenance provenance) implements WorkerMessage {}

    /** A stage begins. */
    record Stage(String name) implements WorkerMessage {}

    /** @param loss null when it is not finite */
    record Step(String stage, int step, int steps, @Nullable Float loss) implements WorkerMessage {}

    /** A stage goes on behind this step of an earlier process. */
    record Resumed(String stage, int step, int steps) implements WorkerMessage {}

    /** An evaluation is so many batches far. */
    record Scored(String stage, int batches) implements WorkerMessage {}

    /** An epoch was scored. */
    record Evaluated(String stage, Outcome.Epoch epoch) implements WorkerMessage {}

    /** The run is done. */
    record Finished(Outcome outcome) implements WorkerMessage {}

    /** The run failed and said why. */
    record Failed(FailureKind kind, String message) implements WorkerMessage {}

    /** The run ended on request. */
    record Stopped() implements WorkerMessage {}
}
