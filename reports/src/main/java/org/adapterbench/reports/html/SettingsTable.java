package org.adapterbench.reports.html;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.adapterbench.reports.Cell;
import org.adapterbench.reports.ComparableRuns;
import org.adapterbench.reports.ReportInput;
import org.adapterbench.reports.SpecText;

/** What the variants' names stand for, and how they were trained. */
final class SettingsTable {

    private static final int MOST_ROWS = 200;

    private SettingsTable() {}

    static PlainTable of(ComparableRuns group, ReportInput input) {
        Set<String> differing = differing(group.cells());
        Set<List<PlainTable.Entry>> rows = new LinkedHashSet<>();
        for (String variant : group.variants(input.variantOrder())) {
            for (String task : group.tasks().keySet()) {
                group.cell(variant, task).ifPresent(cell -> rows.add(row(cell, differing)));
            }
        }
        List<String> words = new ArrayList<>(List.of("variant", "method", "settings"));
        words.addAll(differing);
        return PlainTable.of(
                        "The method and settings behind each variant; training settings that differ between variants.",
                        PlainTable.columns(words, List.of()),
                        List.copyOf(rows))
                .first(MOST_ROWS);
    }

    private static List<PlainTable.Entry> row(Cell cell, Set<String> differing) {
        List<PlainTable.Entry> row = new ArrayList<>();
        row.add(PlainTable.text(cell.variant()));
        row.add(PlainTable.text(cell.spec().method().name()));
        row.add(PlainTable.text(cell.spec().methodSettings().entrySet().stream()
                .map(setting -> setting.getKey() + " " + SpecText.setting(setting.getValue()))
                .collect(Collectors.joining(", "))));
        Map<String, String> training = SpecText.training(cell.spec().training());
        differing.forEach(name -> row.add(PlainTable.text(training.get(name))));
        return row;
    }

    private static Set<String> differing(List<Cell> cells) {
        Set<String> names = new LinkedHashSet<>();
        Map<String, String> first = SpecText.training(cells.get(0).spec().training());
        cells.stream()
                .map(cell -> cell.spec().training())
                .distinct()
                .forEach(training -> SpecText.training(training).forEach((name, value) -> {
                    if (!value.equals(first.get(name))) {
                        names.add(name);
                    }
                }));
        return names;
    }

    /** The training settings that all variants of the group share. */
    static List<Fact> shared(ComparableRuns group) {
        Set<String> differing = differing(group.cells());
        List<Fact> facts = new ArrayList<>();
        SpecText.training(group.cells().get(0).spec().training()).forEach((name, value) -> {
            if (!differing.contains(name)) {
                facts.add(Fact.of(name, value));
            }
        });
        return facts;
    }
}
