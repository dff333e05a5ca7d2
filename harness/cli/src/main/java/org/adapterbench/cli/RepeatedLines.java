package org.adapterbench.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.core.compare.Difference;

/** What became of repeated runs, for people: run, field, recorded, now. */
final class RepeatedLines {

    private static final int ID_DIGITS = 12;

    private final List<Repeated> runs;

    RepeatedLines(List<Repeated> runs) {
        this.runs = List.copyOf(runs);
    }

    /** One line for a run that agrees or failed, a table for one that differs, the counts at the end. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Repeated run : runs) {
            if (run instanceof Repeated.Failed failed) {
                lines.add(name(run.record()) + ": FAILED, " + failed.failure().kind() + ": "
                        + failed.failure().message());
            } else if (run instanceof Repeated.Compared compared) {
                lines.addAll(compared(compared));
            }
        }
        lines.add(summary());
        return lines;
    }

    private static List<String> compared(Repeated.Compared run) {
        if (run.comparison().agrees()) {
            return List.of(name(run.record()) + ": the same bits");
        }
        List<String> lines = new ArrayList<>();
        lines.add(name(run.record()) + ": DIFFERS");
        run.excuses().forEach(excuse -> lines.add("  expected to: " + excuse));
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("  field", "recorded", "now", "moved"));
        for (Difference difference : run.comparison().differences()) {
            rows.add(List.of(
                    "  " + difference.field(), difference.recordedText(), difference.nowText(), difference.extent()));
        }
        lines.addAll(Text.columns(rows));
        return lines;
    }

    /** What people call the run, and enough of its id to find the record. */
    private static String name(RunRecord run) {
        return Label.of(run) + " (run " + run.runId().substring(0, ID_DIGITS) + ")";
    }

    private String summary() {
        StringBuilder line = new StringBuilder();
        line.append(agreeing()).append(" of ").append(Text.runs(runs.size())).append(" gave the same bits");
        long expected = compared()
                .filter(run -> !run.comparison().agrees() && !run.excuses().isEmpty())
                .count();
        long differing = compared().filter(run -> !run.comparison().agrees()).count();
        if (differing > 0) {
            line.append(", ").append(differing).append(differing == 1 ? " differs" : " differ");
            if (expected > 0) {
                line.append(" (").append(expected).append(" as is to be expected here)");
            }
        }
        long failed = runs.size() - compared().count();
        if (failed > 0) {
            line.append(", ").append(failed).append(" failed");
        }
        return line + ": exit code " + code();
    }

    /** 0 only when every run gave the same bits. */
    int code() {
        if (compared().count() < runs.size()) {
            return ExitCode.RUN_FAILED;
        }
        return agreeing() == runs.size() ? ExitCode.DONE : ExitCode.DIFFERS;
    }

    private long agreeing() {
        return compared().filter(run -> run.comparison().agrees()).count();
    }

    private Stream<Repeated.Compared> compared() {
        return runs.stream().filter(Repeated.Compared.class::isInstance).map(Repeated.Compared.class::cast);
    }
}
