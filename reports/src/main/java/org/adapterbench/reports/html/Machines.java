package org.adapterbench.reports.html;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.adapterbench.api.record.Provenance;
import org.adapterbench.api.record.RunRecord;

/** Short names for the kinds of machine that runs were made on; times from different ones are never averaged. */
final class Machines {

    private final Map<String, String> names = new LinkedHashMap<>();

    Machines(List<RunRecord> runs) {
        SortedMap<String, Integer> found = new TreeMap<>();
        runs.forEach(run -> found.merge(describe(run), 1, Integer::sum));
        found.keySet().forEach(machine -> names.put(machine, name(names.size())));
    }

    private static String name(int index) {
        return index < 26 ? Character.toString('A' + index) : "M" + (index + 1);
    }

    /** Short name of the machine that a run was made on. */
    String name(RunRecord run) {
        return names.getOrDefault(describe(run), "?");
    }

    /** Descriptions by machine, with the short name. */
    Map<String, String> names() {
        return names;
    }

    private static String describe(RunRecord run) {
        Provenance made = run.provenance();
        return made.processor() + ", " + made.logicalProcessors() + " logical processors, " + made.processorFeatures()
                + (made.gpu() == null ? "" : ", GPU " + made.gpu()) + ", " + made.os();
    }
}
