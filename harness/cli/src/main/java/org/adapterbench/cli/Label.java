package org.adapterbench.cli;

import org.adapterbench.api.OneLine;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.core.grid.PlannedRun;

/** What people call a run. */
final class Label {

    private Label() {}

    static String of(PlannedRun run) {
        return of(run.spec().task().name(), run.variant(), run.spec().seed());
    }

    /** With the encoder where runs of several stand side by side. */
    static String of(PlannedRun run, boolean withEncoder) {
        return OneLine.of((withEncoder ? run.spec().encoder().name() + " " : "") + of(run));
    }

    /** With the encoder where runs of several stand side by side. */
    static String of(RunRecord run, boolean withEncoder) {
        return OneLine.of((withEncoder ? run.spec().encoder().name() + " " : "") + of(run));
    }

    static String of(RunRecord run) {
        return of(run.spec().task().name(), run.variant(), run.spec().seed());
    }

    private static String of(String task, String variant, long seed) {
        return OneLine.of(task + " " + variant + " seed " + seed);
    }
}
