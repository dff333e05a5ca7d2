package org.adapterbench.cli;

import org.adapterbench.api.OneLine;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.core.grid.PlannedRun;

/** What people call a run. */
final class Label {

    private Label() {}

    /** @param withEncoder where runs of several encoders stand side by side */
    static String of(PlannedRun run, boolean withEncoder) {
        return of(run.spec(), run.variant(), withEncoder);
    }

    /** @param withEncoder where runs of several encoders stand side by side */
    static String of(RunRecord run, boolean withEncoder) {
        return of(run.spec(), run.variant(), withEncoder);
    }

    static String of(PlannedRun run) {
        return of(run, false);
    }

    static String of(RunRecord run) {
        return of(run, false);
    }

    private static String of(RunSpec spec, String variant, boolean withEncoder) {
        String encoder = withEncoder ? spec.encoder().name() + " " : "";
        return OneLine.of(encoder + spec.task().name() + " " + variant + " seed " + spec.seed());
    }
}
