package org.adapterbench.reports;

import java.util.List;
import java.util.Objects;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.api.record.RunSpec;

/**
 * The runs of one variant on one task that differ in nothing but the seed: what a mean may be taken over.
 *
 * @param runs by seed, at least one
 */
public record Cell(List<RunRecord> runs) {

    public Cell {
        runs = List.copyOf(runs);
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("a cell has at least one run");
        }
    }

    public String variant() {
        return runs.get(0).variant();
    }

    public String task() {
        return spec().task().name();
    }

    /** The spec of the first run; the others differ in the seed. */
    public RunSpec spec() {
        return runs.get(0).spec();
    }

    public List<RunRecord> finished() {
        return runs.stream().filter(run -> run.outcome() != null).toList();
    }

    public List<RunRecord> failed() {
        return runs.stream().filter(run -> run.failure() != null).toList();
    }

    /** The outcomes of the finished runs, by seed. */
    public List<Outcome> outcomes() {
        return runs.stream().map(RunRecord::outcome).filter(Objects::nonNull).toList();
    }
}
