package org.adapterbench.reports;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.reports.About.Planned;

/**
 * The runs that an experiment asks for and that are neither finished nor failed.
 *
 * @param planned all that it asks for
 * @param names   of those that are missing, in the experiment's order
 */
public record MissingRuns(int planned, List<String> names) {

    private static final int MOST_NAMES = 8;

    public MissingRuns {
        names = List.copyOf(names);
    }

    public static MissingRuns of(ReportInput input) {
        Map<Planned, Set<RunSpec.EncoderSpec>> encoders = new HashMap<>();
        input.records()
                .forEach(run -> encoders.computeIfAbsent(
                                new Planned(
                                        run.spec().task().name(),
                                        run.variant(),
                                        run.spec().seed()),
                                unused -> new HashSet<>())
                        .add(run.spec().encoder()));
        int wanted = input.about().encoders();
        List<String> names = new ArrayList<>();
        for (Planned planned : input.about().planned()) {
            int there = encoders.getOrDefault(planned, Set.of()).size();
            String name = planned.task() + " " + planned.variant() + " seed " + planned.seed();
            for (int i = there; i < wanted; i++) {
                names.add(wanted == 1 ? name : name + " (" + there + " of " + wanted + " encoders)");
            }
        }
        return new MissingRuns(wanted * input.about().planned().size(), names);
    }

    /** Nothing, or for instance {@code 4 of 6 runs are missing: accept lora seed 1, …}. */
    public String text() {
        if (names.isEmpty()) {
            return "";
        }
        List<String> first = names.subList(0, Math.min(MOST_NAMES, names.size()));
        return names.size() + " of " + planned + " runs are missing: " + String.join(", ", first)
                + (names.size() == first.size() ? "" : " and " + (names.size() - first.size()) + " more");
    }
}
