package org.adapterbench.reports;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.Provenance;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.api.task.SplitFacts;
import org.adapterbench.api.task.SplitFacts.ContentStatus;

/** Runs whose numbers may stand in one table. */
public final class ComparableRuns {

    private final int number;
    private final Common common;
    private final List<Cell> cells;
    private final Map<Place, Cell> places = new HashMap<>();

    private final Map<String, RunSpec.TaskSpec> tasks = new LinkedHashMap<>();

    private record Place(String variant, String task) {}

    /**
     * Runs that {@link Comparability} has put together.
     *
     * @param number 1-based, in report order
     * @param common what all runs share
     * @param cells  at most one a variant and task, in report order
     */
    ComparableRuns(int number, Common common, List<Cell> cells) {
        this.number = number;
        this.common = common;
        this.cells = List.copyOf(cells);
        for (Cell cell : cells) {
            places.put(new Place(cell.variant(), cell.task()), cell);
            tasks.putIfAbsent(cell.task(), cell.spec().task());
        }
    }

    public int number() {
        return number;
    }

    public Common common() {
        return common;
    }

    /** At most one a variant and task, in report order. */
    public List<Cell> cells() {
        return cells;
    }

    /**
     * What must agree before anything else is looked at.
     *
     * @param machine empty with {@link Numerics#PORTABLE}; else processor model, vector extensions and GPU, on which
     *                the bits of all other numerics depend
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
            Provenance made = run.provenance();
            String gpu = made.gpu();
            return made.processor() + ", " + made.processorFeatures() + (gpu == null ? "" : ", " + gpu);
        }
    }

    /** The tasks, in report order, each with the data that all its runs share. */
    public Map<String, RunSpec.TaskSpec> tasks() {
        return Collections.unmodifiableMap(tasks);
    }

    /** The variants in report order. */
    public List<String> variants(List<String> variantOrder) {
        LinkedHashSet<String> names = new LinkedHashSet<>();
        cells.forEach(cell -> names.add(cell.variant()));
        return names.stream().sorted(ReportInput.variantOrder(variantOrder)).toList();
    }

    public Optional<Cell> cell(String variant, String task) {
        return Optional.ofNullable(places.get(new Place(variant, task)));
    }

    public List<RunRecord> runs() {
        return cells.stream().flatMap(cell -> cell.runs().stream()).toList();
    }

    /** By task, how far the content of its splits is the official one; tasks without a finished run are absent. */
    public SortedMap<String, ContentStatus> contents() {
        SortedMap<String, ContentStatus> worst = new TreeMap<>();
        contents(split -> true)
                .forEach((task, splits) -> worst.put(
                        task,
                        splits.stream()
                                .map(SplitFacts::status)
                                .max(Comparator.naturalOrder())
                                .orElseThrow()));
        return worst;
    }

    /** The splits whose content is not the official one, for instance {@code glue/rte (train, dev)}. */
    public List<String> otherContent() {
        List<String> found = new ArrayList<>();
        contents(split -> split.status() == ContentStatus.OTHER)
                .forEach((task, splits) -> found.add(task + " ("
                        + splits.stream().map(SplitFacts::split).distinct().collect(Collectors.joining(", ")) + ")"));
        return found;
    }

    private SortedMap<String, List<SplitFacts>> contents(Predicate<SplitFacts> wanted) {
        SortedMap<String, List<SplitFacts>> found = new TreeMap<>();
        for (Cell cell : cells) {
            cell.outcomes().stream()
                    .flatMap(outcome -> outcome.data().stream())
                    .filter(wanted)
                    .forEach(split -> found.computeIfAbsent(cell.task(), task -> new ArrayList<>())
                            .add(split));
        }
        return found;
    }

    /** One sentence a reason for which tasks of this table have no baselines. */
    public List<String> absentBaselines(List<AbsentBaselines> absent) {
        Map<String, List<String>> reasons = new LinkedHashMap<>();
        absent.stream()
                .filter(baselines -> tasks.containsValue(baselines.task()))
                .forEach(baselines -> reasons.computeIfAbsent(baselines.reason(), reason -> new ArrayList<>())
                        .add(baselines.task().name()));
        List<String> sentences = new ArrayList<>();
        reasons.forEach((reason, names) ->
                sentences.add("No baselines for " + String.join(", ", names) + ", because " + reason + "."));
        return sentences;
    }
}
