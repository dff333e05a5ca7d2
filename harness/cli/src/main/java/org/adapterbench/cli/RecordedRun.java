package org.adapterbench.cli;

import java.nio.file.Path;
import org.adapterbench.api.UserError;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.core.compare.Evidence;
import org.adapterbench.core.store.RunStore;

/**
 * A finished run's record, and where its files are if they are at hand.
 *
 * @param folder {@code runs/<run-id>}, whether or not it exists
 */
record RecordedRun(RunRecord record, Path folder) {

    RecordedRun {
        if (record.outcome() == null) {
            throw new UserError("run " + record.runId() + " failed (" + Label.of(record)
                    + "), so it has no numbers to be repeated (allowed: a finished run)");
        }
    }

    static RecordedRun of(RunRecord record, RunStore store) {
        return new RecordedRun(record, store.folder(record.runId()));
    }

    /** What another execution is compared with. */
    Evidence evidence() {
        return Evidence.of(outcome(), folder);
    }

    private Outcome outcome() {
        Outcome outcome = record.outcome();
        if (outcome == null) {
            throw new IllegalStateException(record.runId() + " was checked to have an outcome");
        }
        return outcome;
    }
}
