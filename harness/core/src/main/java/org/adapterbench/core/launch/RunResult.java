package org.adapterbench.core.launch;

import org.adapterbench.api.record.Outcome;
import org.adapterbench.api.record.Provenance;
import org.adapterbench.api.record.RunRecord.Failure;

/** How a launched run ended. */
public sealed interface RunResult {

    /** It has an outcome. */
    record Finished(Outcome outcome, Provenance provenance) implements RunResult {}

    /** It has none, for a known kind of reason. */
    record Failed(Failure failure, Provenance provenance) implements RunResult {}

    /** It was asked to stop; no record is written, and the state of its training waits for the next try. */
    record Stopped() implements RunResult {}
}
