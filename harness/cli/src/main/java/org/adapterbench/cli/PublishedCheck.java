package org.adapterbench.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.core.compare.Difference;
import org.adapterbench.core.compare.Now;
import org.adapterbench.core.compare.PublishedRecords;
import org.adapterbench.core.compare.PublishedRun;
import org.adapterbench.core.compare.Recorded;
import org.adapterbench.core.compare.RunComparison;
import org.adapterbench.core.grid.PlannedRun;
import org.adapterbench.core.json.Json;
import org.adapterbench.core.store.RunStore;

/** Says whether a grid's runs gave the bits that are published of them. */
final class PublishedCheck {

    private final PublishedRecords published;
    private final RunStore store;

    PublishedCheck(PublishedRecords published, RunStore store) {
        this.published = published;
        this.store = store;
    }

    /** One line for each run that is not as published; the last line is the verdict on all of them. */
    List<String> lines(Numerics numerics, List<PlannedRun> runs) {
        if (numerics != Numerics.PORTABLE) {
            return List.of("the published records do not apply: they hold for numerics portable, and these runs are "
                    + Json.word(numerics));
        }
        if (published.recipeVersion() != RunSpec.RECIPE_VERSION) {
            return List.of("the published records do not apply: they are of recipe " + published.recipeVersion()
                    + ", and this program computes by recipe " + RunSpec.RECIPE_VERSION);
        }
        List<String> lines = new ArrayList<>();
        int known = 0;
        for (PlannedRun run : runs) {
            Optional<PublishedRun> entry = published.run(run.runId());
            if (entry.isPresent()) {
                known++;
                difference(run, entry.get()).ifPresent(lines::add);
            }
        }
        lines.add(verdict(new Counted(known - lines.size(), known, runs.size())));
        return lines;
    }

    private record Counted(int identical, int known, int all) {}

    private static String verdict(Counted runs) {
        int unknown = runs.all() - runs.known();
        if (runs.known() == 0) {
            return "no published record has the settings of " + (unknown == 1 ? "this run" : "these runs");
        }
        return "identical to the published records: " + runs.identical() + " of " + Text.runs(runs.known())
                + (unknown == 0
                        ? ""
                        : "; " + unknown + (unknown == 1 ? " more run has" : " more runs have")
                                + " settings without a published record");
    }

    private Optional<String> difference(PlannedRun run, PublishedRun entry) {
        String name = "not as published: " + Label.of(run) + " (run " + run.runId() + "): ";
        Optional<RunRecord> record =
                store.record(run.runId()).filter(found -> found.status() == RunRecord.Status.FINISHED);
        if (record.isEmpty()) {
            return Optional.of(name + "it has no result");
        }
        RunComparison comparison = RunComparison.of(
                new Recorded<>(entry.evidence()),
                new Now<>(PublishedRun.of(record.get()).evidence()));
        return comparison.agrees()
                ? Optional.empty()
                : Optional.of(name
                        + comparison.differences().stream()
                                .map(PublishedCheck::text)
                                .collect(Collectors.joining("; ")));
    }

    private static String text(Difference difference) {
        String extent = difference.extent().isEmpty() ? "" : " (" + difference.extent() + ")";
        return difference.field() + " " + difference.nowText() + " instead of " + difference.recordedText() + extent;
    }
}
