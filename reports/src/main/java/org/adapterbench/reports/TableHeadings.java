package org.adapterbench.reports;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.adapterbench.reports.TableFact.Role;
import org.adapterbench.reports.TableFact.Said;

/** Names result tables by what sets them apart, so that no two have the same heading. */
public final class TableHeadings {

    private static final int MOST_FACTS = 3;

    private final List<String> headings = new ArrayList<>();
    private final Set<String> differences = new LinkedHashSet<>();

    /** The headings of all tables of a report, in their order. */
    public TableHeadings(List<ComparableRuns> tables) {
        tables.forEach(table -> headings.add(""));
        for (TableFact fact : TableFact.ALL) {
            sameSoFar(fact.role() == Role.TIE).forEach(places -> say(fact, tables, places));
        }
        sameSoFar(true).forEach(this::number);
    }

    /** The heading of a table. */
    public String of(ComparableRuns table) {
        return headings.get(table.number() - 1);
    }

    /** The kinds of facts that the tables differ in. */
    public List<String> differences() {
        return List.copyOf(differences);
    }

    /** Places of tables that a fact has to tell apart: all, or for a tie each group with the same heading. */
    private List<List<Integer>> sameSoFar(boolean tie) {
        Map<String, List<Integer>> places = new LinkedHashMap<>();
        for (int i = 0; i < headings.size(); i++) {
            places.computeIfAbsent(tie ? headings.get(i) : "", heading -> new ArrayList<>())
                    .add(i);
        }
        return places.values().stream().filter(same -> !tie || same.size() > 1).toList();
    }

    private void say(TableFact fact, List<ComparableRuns> tables, List<Integer> places) {
        List<Map<List<String>, Said>> facts =
                places.stream().map(place -> fact.of(tables.get(place))).toList();
        Map<List<String>, Set<String>> found = new HashMap<>();
        facts.forEach(said -> said.forEach((key, one) ->
                found.computeIfAbsent(key, other -> new TreeSet<>()).add(one.text())));
        found.values().removeIf(texts -> texts.size() < 2);
        if (!found.isEmpty()) {
            differences.add(fact.name());
        }
        for (int i = 0; i < places.size(); i++) {
            Map<List<String>, Said> all = facts.get(i);
            List<Said> said = all.entrySet().stream()
                    .filter(one -> fact.role() == Role.ALWAYS || found.containsKey(one.getKey()))
                    .map(Map.Entry::getValue)
                    .toList();
            if (!said.isEmpty()) {
                append(places.get(i), words(said, List.copyOf(all.values())));
            }
        }
    }

    /** Names the tasks only where the table's tasks are not alike in this. */
    private static String words(List<Said> said, List<Said> all) {
        boolean alike = all.stream().map(Said::owner).distinct().count() == 1
                || all.stream().map(Said::text).distinct().count() == 1;
        List<String> texts = said.stream()
                .map(one -> alike ? one.text() : one.owner() + ": " + one.text())
                .distinct()
                .toList();
        String shown = String.join(", ", texts.subList(0, Math.min(MOST_FACTS, texts.size())));
        return texts.size() <= MOST_FACTS ? shown : shown + " and " + (texts.size() - MOST_FACTS) + " more";
    }

    /** The last resort, for instance where the same runs were recorded twice. */
    private void number(List<Integer> places) {
        differences.add("repetition");
        for (int i = 0; i < places.size(); i++) {
            append(places.get(i), "number " + (i + 1) + " of " + places.size());
        }
    }

    private void append(int place, String words) {
        String heading = headings.get(place);
        headings.set(place, heading.isEmpty() ? words : heading + ", " + words);
    }
}
