package org.adapterbench.reports.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.reports.Cell;
import org.adapterbench.reports.ComparableRuns;
import org.adapterbench.reports.Numbers;
import org.adapterbench.reports.ReportInput;

/** What the variants' names stand for, and how they were trained. */
final class SettingsTable {

    private static final int MOST_ROWS = 200;

    private SettingsTable() {}

    static Grid of(ComparableRuns group, ReportInput input) {
        Set<String> differing = differing(group.cells());
        Set<List<Grid.Entry>> rows = new LinkedHashSet<>();
        for (String variant : group.variants(input.variantOrder())) {
            for (String task : group.tasks().keySet()) {
                group.cell(variant, task).ifPresent(cell -> rows.add(row(cell, differing)));
            }
        }
        List<String> words = new ArrayList<>(List.of("variant", "method", "settings"));
        words.addAll(differing);
        return Grid.of(
                        "The method and settings behind each variant; training settings that differ between variants.",
                        Grid.columns(words, List.of()),
                        List.copyOf(rows))
                .first(MOST_ROWS);
    }

    private static List<Grid.Entry> row(Cell cell, Set<String> differing) {
        List<Grid.Entry> row = new ArrayList<>();
        row.add(Grid.text(cell.variant()));
        row.add(Grid.text(cell.spec().method().name()));
        row.add(Grid.text(cell.spec().methodSettings().entrySet().stream()
                .map(setting -> setting.getKey() + " " + value(setting.getValue()))
                .collect(Collectors.joining(", "))));
        Map<String, String> training = training(cell.spec().training());
        differing.forEach(name -> row.add(Grid.text(training.get(name))));
        return row;
    }

    private static String value(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(SettingsTable::value).collect(Collectors.joining("+"));
        }
        return value instanceof Double number ? Numbers.exact(number) : value.toString();
    }

    private static Set<String> differing(List<Cell> cells) {
        Set<String> names = new LinkedHashSet<>();
        Map<String, String> first = training(cells.get(0).spec().training());
        cells.stream()
                .map(cell -> cell.spec().training())
                .distinct()
                .forEach(training -> training(training).forEach((name, value) -> {
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
        training(group.cells().get(0).spec().training()).forEach((name, value) -> {
            if (!differing.contains(name)) {
                facts.add(Fact.of(name, value));
            }
        });
        return facts;
    }

    static Map<String, String> training(RunSpec.TrainingSpec training) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("epochs", Integer.toString(training.epochs()));
        values.put("rate", Numbers.exact(training.learningRate()));
        values.put("head rate", Numbers.exact(training.headLearningRate()));
        values.put("rising rate", Shown.share(training.warmupFraction(), 1) + " of the steps");
        values.put("batch", Integer.toString(training.batchSize()));
        values.put("longest text", training.maxLength() + " tokens");
        values.put(
                "weight decay",
                Numbers.exact(training.weightDecay())
                        + (training.decayAll() ? " on all" : ", not on biases and norms"));
        values.put("gradient norm", "at most " + Numbers.exact(training.clipNorm()));
        values.put("dropout", dropout(training));
        values.put("head", Shown.word(training.head()));
        values.put("pooler", Shown.word(training.pooler()));
        values.put("checkpoint", checkpoint(training));
        return values;
    }

    private static String dropout(RunSpec.TrainingSpec training) {
        String from = training.dropoutFrom() == 0 ? "" : " from layer " + training.dropoutFrom();
        return Numbers.exact(training.dropout()) + from;
    }

    private static String checkpoint(RunSpec.TrainingSpec training) {
        return training.checkpoint() == RunSpec.Checkpoint.LAST
                ? "last epoch"
                : "best epoch on " + Numbers.grouped(training.selectionExamples()) + " held-out training examples";
    }
}
