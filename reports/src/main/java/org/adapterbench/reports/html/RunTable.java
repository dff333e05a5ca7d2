package org.adapterbench.reports.html;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.reports.ComparableRuns;
import org.adapterbench.reports.ReportInput;
import org.adapterbench.reports.Scores;

/** Every run with the hashes that two executions of it are compared by. */
final class RunTable {

    private static final int MOST_ROWS = 500;

    private RunTable() {}

    static PlainTable of(ReportInput input, List<ComparableRuns> groups, Scores scores) {
        Map<String, Integer> tables = new HashMap<>();
        groups.forEach(group -> group.runs().forEach(run -> tables.put(run.runId(), group.number())));
        List<List<PlainTable.Entry>> rows = input.records().stream()
                .limit(MOST_ROWS)
                .map(run -> row(run, scores, tables.getOrDefault(run.runId(), 0)))
                .toList();
        return new PlainTable(
                "Hashes are shortened; the full ones are in runs.csv and, on a pointer, in each place.",
                PlainTable.columns(
                        List.of("run id", "encoder", "task", "variant", "seed", "status", "score", "table"),
                        List.of("loss curve", "weights", "predictions")),
                rows,
                Math.max(0, input.records().size() - MOST_ROWS));
    }

    private static List<PlainTable.Entry> row(RunRecord run, Scores scores, int table) {
        List<PlainTable.Entry> row = new ArrayList<>(List.of(
                PlainTable.hash(run.runId()),
                PlainTable.text(run.spec().encoder().name()),
                PlainTable.text(run.spec().task().name()),
                PlainTable.text(run.variant()),
                PlainTable.text(Long.toString(run.spec().seed())),
                run.failure() == null
                        ? PlainTable.styled("finished", "good")
                        : PlainTable.styled(Shown.word(run.failure().kind()), "bad")));
        Double score = scores.primary(run);
        row.add(score == null ? PlainTable.styled(Shown.nothing(), "none") : PlainTable.text(Shown.score(score)));
        row.add(PlainTable.text(Integer.toString(table)));
        Outcome outcome = run.outcome();
        row.add(
                outcome == null
                        ? PlainTable.styled(Shown.nothing(), "none")
                        : PlainTable.hash(outcome.hashes().lossCurve()));
        row.add(
                outcome == null
                        ? PlainTable.styled(Shown.nothing(), "none")
                        : PlainTable.hash(outcome.hashes().weights()));
        row.add(
                outcome == null
                        ? PlainTable.styled(Shown.nothing(), "none")
                        : PlainTable.hash(outcome.hashes().predictions()));
        return row;
    }
}
