package org.adapterbench.reports.html;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.api.task.SplitFacts;
import org.adapterbench.reports.Numbers;
import org.adapterbench.reports.SpecText;

/**
 * Which texts the runs were trained and scored on, and whether they are the official ones.
 *
 * @param other      tasks with content that differs from the official one
 * @param unverified tasks whose content could not be compared
 */
record ContentTable(PlainTable table, List<String> other, List<String> unverified) {

    private static final int MOST_ROWS = 200;

    private record Key(String task, RunSpec.SplitSpec selection) {}

    static ContentTable of(List<RunRecord> records) {
        Set<Key> selections = new LinkedHashSet<>();
        Map<String, SplitFacts> facts = new LinkedHashMap<>();
        Map<SplitFacts.ContentStatus, Set<String>> tasks = new LinkedHashMap<>();
        for (RunRecord run : records) {
            RunSpec.TaskSpec task = run.spec().task();
            selections.add(new Key(task.name(), task.train()));
            task.evaluation().forEach(split -> selections.add(new Key(task.name(), split)));
            Outcome outcome = run.outcome();
            if (outcome != null) {
                for (SplitFacts split : outcome.data()) {
                    facts.putIfAbsent(task.name() + "\n" + split.split() + "\n" + split.contentSha256(), split);
                    tasks.computeIfAbsent(split.status(), status -> new TreeSet<>())
                            .add(Shown.text(task.name()));
                }
            }
        }
        List<List<PlainTable.Entry>> rows = new ArrayList<>();
        selections.stream().sorted(Comparator.comparing(Key::task)).forEach(key -> rows.add(row(key, facts)));
        return new ContentTable(
                PlainTable.of(
                                "Content: the hash over texts and labels in order, whatever file they came from. Selection:"
                                        + " the hash over the ids of the examples that were used, in order.",
                                PlainTable.columns(
                                        List.of("task", "split", "content is", "chosen", "content", "selection"),
                                        List.of("used", "of")),
                                rows)
                        .first(MOST_ROWS),
                List.copyOf(tasks.getOrDefault(SplitFacts.ContentStatus.OTHER, Set.of())),
                List.copyOf(tasks.getOrDefault(SplitFacts.ContentStatus.UNVERIFIED, Set.of())));
    }

    private static List<PlainTable.Entry> row(Key key, Map<String, SplitFacts> facts) {
        RunSpec.SplitSpec selection = key.selection();
        SplitFacts found = facts.get(key.task() + "\n" + selection.split() + "\n" + selection.contentSha256());
        return List.of(
                PlainTable.text(key.task()),
                PlainTable.text(selection.split()),
                found == null ? PlainTable.styled("unknown (no finished run)", "none") : status(found.status()),
                PlainTable.text(SpecText.rule(selection)),
                PlainTable.hash(selection.contentSha256()),
                PlainTable.hash(selection.idsSha256()),
                PlainTable.text(Numbers.grouped(selection.examples())),
                PlainTable.text(found == null ? Shown.nothing() : rows(found)));
    }

    /** How many there are; and what else the files hold, with the reason for which it is not used. */
    private static String rows(SplitFacts found) {
        StringBuilder text = new StringBuilder(Numbers.grouped(found.rows()));
        found.refused()
                .forEach((reason, count) -> text.append("; ")
                        .append(Numbers.grouped(count))
                        .append(" refused: ")
                        .append(Shown.text(reason)));
        return text.toString();
    }

    private static PlainTable.Entry status(SplitFacts.ContentStatus status) {
        return switch (status) {
            case OFFICIAL -> PlainTable.styled("official", "good");
            case UNVERIFIED -> PlainTable.styled("unverified", "doubt");
            case OTHER -> PlainTable.styled("other", "bad");
        };
    }
}
