package org.adapterbench.reports;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.api.record.RunSpec;

/**
 * Runs whose numbers may stand in one table.
 *
 * @param number 1-based, in report order
 * @param common what all runs share
 * @param cells  at most one a variant and task, in report order
 */
public record ComparableRuns(int number, Common common, List<Cell> cells) {

    public ComparableRuns {
        cells = List.copyOf(cells);
    }

    /**
     * What must agree before anything else is looked at.
     *
     * @param machine vector extensions and GPU with {@link Numerics#FAST}, whose bits depend on them; else empty
     */
    public record Common(
            int recipeVersion,
            RunSpec.EncoderSpec encoder,
            RunSpec.StartSpec start,
            Numerics numerics,
            int threads,
            String machine) {

        static Common of(RunRecord run) {
            RunSpec spec = run.spec();
            return new Common(
                    spec.recipeVersion(), spec.encoder(), spec.start(), spec.numerics(), spec.threads(), machine(run));
        }

        private static String machine(RunRecord run) {
            if (run.spec().numerics() == Numerics.PORTABLE) {
                return "";
            }
            String gpu = run.provenance().gpu();
            return run.provenance().processorFeatures() + (gpu == null ? "" : ", " + gpu);
        }
    }

    /** The tasks, in report order, each with the data that all its runs share. */
    public Map<String, RunSpec.TaskSpec> tasks() {
        Map<String, RunSpec.TaskSpec> tasks = new LinkedHashMap<>();
        cells.forEach(cell -> tasks.putIfAbsent(cell.task(), cell.spec().task()));
        return tasks;
    }

    /** The variants in report order. */
    public List<String> variants(List<String> variantOrder) {
        LinkedHashSet<String> names = new LinkedHashSet<>();
        cells.forEach(cell -> names.add(cell.variant()));
        return names.stream().sorted(ReportInput.variantOrder(variantOrder)).toList();
    }

    public Optional<Cell> cell(String variant, String task) {
        return cells.stream()
                .filter(cell -> cell.variant().equals(variant) && cell.task().equals(task))
                .findFirst();
    }

    public List<RunRecord> runs() {
        return cells.stream().flatMap(cell -> cell.runs().stream()).toList();
    }
}
