package org.adapterbench.reports.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.adapterbench.api.record.Provenance;
import org.adapterbench.api.record.RunRecord;

/**
 * Where and with what the runs were made.
 *
 * @param same      what all runs agree on
 * @param different what they don't, each value with its runs
 * @param machines  the kinds of machine
 */
record ProvenanceTables(List<Fact> same, PlainTable different, PlainTable machines) {

    private static final int MOST_ROWS = 100;
    private static final int MOST_RUNS_NAMED = 4;

    static ProvenanceTables of(List<RunRecord> records, Machines machines) {
        Map<String, SortedMap<String, List<RunRecord>>> fields = new LinkedHashMap<>();
        TreeSet<String> names = new TreeSet<>();
        records.forEach(run -> names.addAll(more(run.provenance()).keySet()));
        for (RunRecord run : records) {
            Map<String, String> values = fixed(run.provenance());
            Map<String, String> more = more(run.provenance());
            names.forEach(name -> values.put(name, more.getOrDefault(name, "not set")));
            values.forEach((name, value) -> fields.computeIfAbsent(name, field -> new TreeMap<>())
                    .computeIfAbsent(value, found -> new ArrayList<>())
                    .add(run));
        }
        List<Fact> same = new ArrayList<>();
        List<List<PlainTable.Entry>> different = new ArrayList<>();
        fields.forEach((name, values) -> {
            if (values.size() == 1) {
                same.add(Fact.of(Shown.text(name), values.firstKey()));
            } else {
                values.forEach((value, runs) -> different.add(row(name, value, runs)));
            }
        });
        same.addAll(times(records));
        return new ProvenanceTables(same, differences(different), machines(records, machines));
    }

    private static PlainTable differences(List<List<PlainTable.Entry>> rows) {
        return PlainTable.of(
                        "The runs of this experiment were not all made alike.",
                        List.of(
                                new PlainTable.Column("field", false),
                                new PlainTable.Column("value", false),
                                new PlainTable.Column("runs", true),
                                new PlainTable.Column("run ids", false)),
                        rows)
                .first(MOST_ROWS);
    }

    private static List<PlainTable.Entry> row(String name, String value, List<RunRecord> runs) {
        StringBuilder ids = new StringBuilder();
        runs.stream()
                .limit(MOST_RUNS_NAMED)
                .forEach(run -> ids.append(Shown.hash(run.runId())).append(' '));
        ids.append(runs.size() > MOST_RUNS_NAMED ? "…" : "");
        return List.of(
                PlainTable.text(name),
                PlainTable.text(value),
                PlainTable.text(Integer.toString(runs.size())),
                PlainTable.styled(ids.toString().strip(), "hash"));
    }

    private static Map<String, String> fixed(Provenance made) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("tool version of the runs", made.toolVersion());
        values.put("git commit", commit(made));
        values.put("Java", made.java());
        values.put("TensorFlow", made.tensorflow());
        values.put("C library", Objects.requireNonNullElse(made.libc(), "unknown"));
        values.put("operating system", made.os());
        values.put("processor", made.processor());
        values.put("processor features", made.processorFeatures());
        values.put("logical processors", Integer.toString(made.logicalProcessors()));
        values.put("GPU", Objects.requireNonNullElse(made.gpu(), "none"));
        return values;
    }

    private static String commit(Provenance made) {
        if (made.gitCommit() == null) {
            return "outside a checkout";
        }
        Boolean dirty = made.gitDirty();
        return made.gitCommit() + (dirty == null ? "" : dirty ? " with uncommitted changes" : ", clean");
    }

    private static Map<String, String> more(Provenance made) {
        Map<String, String> values = new TreeMap<>();
        made.environment().forEach((name, value) -> values.put("environment: " + name, value));
        made.libraries().forEach((name, value) -> values.put("library: " + name, value));
        return values;
    }

    private static List<Fact> times(List<RunRecord> records) {
        TreeSet<String> times = new TreeSet<>();
        records.forEach(run -> times.add(run.provenance().startedAt()));
        return times.isEmpty()
                ? List.of()
                : List.of(Fact.of("first run started", times.first()), Fact.of("last run started", times.last()));
    }

    private static PlainTable machines(List<RunRecord> records, Machines machines) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        records.forEach(run -> counts.merge(machines.name(run), 1, Integer::sum));
        List<List<PlainTable.Entry>> rows = new ArrayList<>();
        machines.names()
                .forEach((description, name) -> rows.add(List.of(
                        PlainTable.text(name),
                        PlainTable.text(description),
                        PlainTable.text(Integer.toString(counts.getOrDefault(name, 0))))));
        return PlainTable.of(
                        "Kinds of machine.",
                        PlainTable.columns(List.of("machine", "processor, features, system"), List.of("runs")),
                        rows)
                .first(MOST_ROWS);
    }
}
