package org.adapterbench.cli;

import java.util.List;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.core.compare.RunComparison;

/** How the repetition of a recorded run went. */
sealed interface Repeated {

    /** The record that was repeated. */
    RunRecord record();

    /**
     * It finished again.
     *
     * @param excuses why its bits need not agree; empty when other bits mean that something is wrong
     */
    record Compared(RunRecord record, RunComparison comparison, List<String> excuses) implements Repeated {
        public Compared {
            excuses = List.copyOf(excuses);
        }
    }

    /** It ended without numbers. */
    record Failed(RunRecord record, RunRecord.Failure failure) implements Repeated {}
}
