package org.adapterbench.reports.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.reports.Cell;
import org.adapterbench.reports.ComparableRuns;
import org.adapterbench.reports.Numbers;
import org.adapterbench.reports.ReportInput;

/** How much each variant trains and saves; tasks with the same counts share a row. */
final class ParameterTable {

    private static final int MOST_ROWS = 200;

    private ParameterTable() {}

    static PlainTable of(ComparableRuns group, ReportInput input) {
        List<List<PlainTable.Entry>> rows = new ArrayList<>();
        for (String variant : group.variants(input.variantOrder())) {
            Map<List<String>, List<String>> tasks = new LinkedHashMap<>();
            for (String task : group.tasks().keySet()) {
                group.cell(variant, task)
                        .filter(cell -> !cell.outcomes().isEmpty())
                        .ifPresent(cell -> tasks.computeIfAbsent(counts(cell), counts -> new ArrayList<>())
                                .add(task));
            }
            tasks.forEach((counts, names) -> rows.add(row(variant, tasks.size() == 1, names, counts)));
        }
        return PlainTable.of(
                        "Trained numbers: by the method inside the encoder, and in the head (pooler included). The share is"
                                + " of all parameters of encoder and head. Saved: the size of a"
                                + " safetensors file of all trained parameters, whatever the run keeps.",
                        PlainTable.columns(
                                List.of("variant", "tasks"),
                                List.of("method", "share", "head", "total", "share", "model", "saved, KiB")),
                        rows)
                .first(MOST_ROWS);
    }

    private static List<PlainTable.Entry> row(String variant, boolean all, List<String> tasks, List<String> counts) {
        List<PlainTable.Entry> row = new ArrayList<>();
        row.add(PlainTable.text(variant));
        row.add(PlainTable.text(all ? "all" : String.join(", ", tasks)));
        counts.forEach(count -> row.add(PlainTable.text(count)));
        return row;
    }

    private static List<String> counts(Cell cell) {
        Optional<Outcome.ParameterCounts> any =
                cell.outcomes().stream().map(Outcome::parameters).findFirst();
        long model = any.map(Outcome.ParameterCounts::model).orElse(0L);
        return List.of(
                range(cell, Outcome.ParameterCounts::method),
                Shown.share(mean(cell, Outcome.ParameterCounts::method), model),
                range(cell, Outcome.ParameterCounts::head),
                range(cell, Outcome.ParameterCounts::total),
                Shown.share(mean(cell, Outcome.ParameterCounts::total), model),
                range(cell, Outcome.ParameterCounts::model),
                Numbers.grouped(Math.round(mean(cell, Outcome.ParameterCounts::savedBytes) / 1024)));
    }

    private static String range(Cell cell, ToLongFunction<Outcome.ParameterCounts> count) {
        var counts = cell.outcomes().stream()
                .map(Outcome::parameters)
                .mapToLong(count)
                .summaryStatistics();
        return Shown.range(counts.getMin(), counts.getMax());
    }

    private static double mean(Cell cell, ToLongFunction<Outcome.ParameterCounts> count) {
        return cell.outcomes().stream()
                .map(Outcome::parameters)
                .mapToLong(count)
                .summaryStatistics()
                .getAverage();
    }
}
