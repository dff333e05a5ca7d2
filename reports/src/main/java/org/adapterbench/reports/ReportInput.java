package org.adapterbench.reports;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.api.record.RunSpec;

/**
 * Everything that a report shows. Records are kept in report order (encoder, task, number of examples, variant,
 * seed), whatever order they come in.
 *
 * @param about         what the experiment says about itself
 * @param records       finished and failed runs
 * @param toolVersion   version of the program that writes the report
 * @param schemaVersion version of the records
 * @param variantOrder  variants in the experiment's order; others follow by name
 * @param tasks         metrics of the tasks, as far as the tasks are known
 * @param baselines     trivial predictors to set the results against; may be empty
 * @param absent        tasks whose baselines could not be made, with the reason
 * @param leftOut       records that could not be read, each with the reason
 */
public record ReportInput(
        About about,
        List<RunRecord> records,
        String toolVersion,
        int schemaVersion,
        List<String> variantOrder,
        List<TaskMetrics> tasks,
        List<Baseline> baselines,
        List<AbsentBaselines> absent,
        List<String> leftOut) {

    public ReportInput {
        variantOrder = List.copyOf(variantOrder);
        tasks = List.copyOf(tasks);
        baselines = List.copyOf(baselines);
        absent = List.copyOf(absent);
        leftOut = List.copyOf(leftOut);
        records = records.stream().sorted(order(variantOrder)).toList();
    }

    /** A report about records alone: variants by name, metrics by name, no baselines. */
    public static ReportInput of(String experiment, List<RunRecord> records, String toolVersion) {
        return new ReportInput(
                About.named(experiment),
                records,
                toolVersion,
                RunRecord.SCHEMA_VERSION,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private static Comparator<RunRecord> order(List<String> variants) {
        return Comparator.comparing((RunRecord run) -> run.spec().encoder().name())
                .thenComparing(run -> run.spec().task().name())
                // Before the variant, so that the same sizes of several tasks come together into one table.
                .thenComparing(run -> run.spec().task().train().examples(), Comparator.reverseOrder())
                .thenComparing(ReportInput::evaluationExamples, Comparator.reverseOrder())
                .thenComparing(RunRecord::variant, variantOrder(variants))
                .thenComparing(run -> run.spec().seed())
                .thenComparing(RunRecord::runId);
    }

    private static int evaluationExamples(RunRecord run) {
        return run.spec().task().evaluation().stream()
                .mapToInt(RunSpec.SplitSpec::examples)
                .sum();
    }

    /** The order of variants in every table and chart. */
    public static Comparator<String> variantOrder(List<String> variants) {
        Map<String, Integer> places = new HashMap<>();
        variants.forEach(variant -> places.putIfAbsent(variant, places.size()));
        return Comparator.comparingInt((String variant) -> places.getOrDefault(variant, Integer.MAX_VALUE))
                .thenComparing(Comparator.naturalOrder());
    }
}
