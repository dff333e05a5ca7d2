package org.adapterbench.reports.csv;

import static org.adapterbench.reports.csv.CsvTable.column;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.api.record.Provenance;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.reports.ReportFormat;
import org.adapterbench.reports.Scores;
import org.adapterbench.reports.csv.CsvTable.Column;
import org.jspecify.annotations.Nullable;

/** The columns of {@code runs.csv}. */
final class RunColumns {

    private RunColumns() {}

    static CsvTable<RunRecord> table(Scores scores) {
        return new CsvTable<>(Stream.of(identity(), training(), results(scores), costs(), hashes(), provenance())
                .flatMap(List::stream)
                .toList());
    }

    private static List<Column<RunRecord>> identity() {
        return List.of(
                column("report_version", run -> ReportFormat.VERSION),
                column("schema_version", RunRecord::schemaVersion),
                column("run_id", RunRecord::runId),
                column("status", RunRecord::status),
                failure("failure_kind", RunRecord.Failure::kind),
                failure("failure_message", RunRecord.Failure::message),
                column("experiment", RunRecord::experiment),
                column("encoder", run -> run.spec().encoder().name()),
                column("task", run -> run.spec().task().name()),
                column("variant", RunRecord::variant),
                column("method", run -> run.spec().method().name()),
                column("settings", run -> JsonText.of(run.spec().methodSettings())),
                column("seed", run -> run.spec().seed()),
                column("recipe_version", run -> run.spec().recipeVersion()),
                column("numerics", run -> run.spec().numerics()),
                column("threads", run -> run.spec().threads()),
                column("warmup_epochs", RunColumns::warmupEpochs),
                outcome("start_kind", outcome -> outcome.start().kind()),
                outcome("start_sha256", outcome -> outcome.start().sha256()));
    }

    private static int warmupEpochs(RunRecord run) {
        RunSpec.TrainingSpec warmup = run.spec().start().warmup();
        return warmup == null ? 0 : warmup.epochs();
    }

    private static List<Column<RunRecord>> training() {
        return List.of(
                spec("epochs", RunSpec.TrainingSpec::epochs),
                column("learning_rate", RunColumns::learningRate),
                column("head_learning_rate", RunColumns::headLearningRate),
                spec("warmup_fraction", RunSpec.TrainingSpec::warmupFraction),
                spec("batch_size", RunSpec.TrainingSpec::batchSize),
                spec("max_length", RunSpec.TrainingSpec::maxLength),
                spec("weight_decay", RunSpec.TrainingSpec::weightDecay),
                spec("decay_all", RunSpec.TrainingSpec::decayAll),
                spec("clip_norm", RunSpec.TrainingSpec::clipNorm),
                spec("dropout", RunSpec.TrainingSpec::dropout),
                spec("dropout_layers", RunSpec.TrainingSpec::dropoutLayers),
                spec("head", RunSpec.TrainingSpec::head),
                spec("pooler", RunSpec.TrainingSpec::pooler),
                spec("checkpoint", RunSpec.TrainingSpec::checkpoint),
                spec("selection_examples", RunSpec.TrainingSpec::selectionExamples),
                column("train_examples", run -> run.spec().task().train().examples()),
                column("evaluation_examples", RunColumns::evaluationExamples));
    }

    /** Empty for a run that is known to train nothing in the encoder: no rate was at work there. */
    private static @Nullable Double learningRate(RunRecord run) {
        Outcome outcome = run.outcome();
        return outcome != null && outcome.parameters().method() == 0
                ? null
                : run.spec().training().learningRate();
    }

    private static @Nullable Double headLearningRate(RunRecord run) {
        Outcome outcome = run.outcome();
        return outcome != null && outcome.parameters().head() == 0
                ? null
                : run.spec().training().headLearningRate();
    }

    private static @Nullable Integer evaluationExamples(RunRecord run) {
        List<RunSpec.SplitSpec> evaluation = run.spec().task().evaluation();
        return evaluation.isEmpty() ? null : evaluation.get(0).examples();
    }

    private static List<Column<RunRecord>> results(Scores scores) {
        return List.of(
                outcome("parameters_method", outcome -> outcome.parameters().method()),
                outcome("parameters_head", outcome -> outcome.parameters().head()),
                outcome("parameters_total", outcome -> outcome.parameters().total()),
                outcome("parameters_model", outcome -> outcome.parameters().model()),
                outcome("saved_bytes", outcome -> outcome.parameters().savedBytes()),
                column("primary_split", run -> Scores.primarySplit(run.spec().task())),
                column(
                        "primary_metric",
                        run -> scores.primaryMetric(run.spec().task().name())),
                column("primary_value", scores::primary),
                outcome("steps", outcome -> outcome.lossCurve().size()),
                outcome("content_status", RunColumns::contentStatus));
    }

    private static String contentStatus(Outcome outcome) {
        return outcome.data().stream()
                .map(facts -> facts.split() + "=" + facts.status())
                .collect(Collectors.joining(" "));
    }

    private static List<Column<RunRecord>> costs() {
        return List.of(
                outcome("examples_per_second", outcome -> outcome.cost().examplesPerSecond()),
                outcome("tokens_per_second", outcome -> outcome.cost().tokensPerSecond()),
                outcome("step_p10_seconds", outcome -> outcome.cost().stepP10()),
                outcome("step_median_seconds", outcome -> outcome.cost().stepMedian()),
                outcome("step_p90_seconds", outcome -> outcome.cost().stepP90()),
                outcome("step_p99_seconds", outcome -> outcome.cost().stepP99()),
                outcome("peak_resident_bytes", outcome -> outcome.cost().peakResidentBytes()),
                outcome("wall_seconds", outcome -> wallSeconds(outcome.cost())),
                outcome("stage_seconds", outcome -> JsonText.of(outcome.cost().stages())));
    }

    private static @Nullable Double wallSeconds(Outcome.Cost cost) {
        return cost.stages().isEmpty()
                ? null
                : cost.stages().values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum();
    }

    private static List<Column<RunRecord>> hashes() {
        return List.of(
                column("encoder_weights_sha256", run -> run.spec().encoder().weightsSha256()),
                column("tokenizer_sha256", run -> run.spec().encoder().tokenizerSha256()),
                column("train_content_sha256", run -> run.spec().task().train().contentSha256()),
                column("train_ids_sha256", run -> run.spec().task().train().idsSha256()),
                column("evaluation_content_sha256", run -> evaluation(run, RunSpec.SplitSpec::contentSha256)),
                column("evaluation_ids_sha256", run -> evaluation(run, RunSpec.SplitSpec::idsSha256)),
                outcome("loss_curve_sha256", outcome -> outcome.hashes().lossCurve()),
                outcome("weights_sha256", outcome -> outcome.hashes().weights()),
                outcome("predictions_sha256", outcome -> outcome.hashes().predictions()));
    }

    private static String evaluation(RunRecord run, Function<RunSpec.SplitSpec, String> hash) {
        return run.spec().task().evaluation().stream().map(hash).collect(Collectors.joining(" "));
    }

    private static List<Column<RunRecord>> provenance() {
        List<Column<RunRecord>> columns = new ArrayList<>();
        columns.add(made("tool_version", Provenance::toolVersion));
        columns.add(made("git_commit", Provenance::gitCommit));
        columns.add(made("git_dirty", Provenance::gitDirty));
        columns.add(made("started_at", Provenance::startedAt));
        columns.add(made("java", Provenance::java));
        columns.add(made("tensorflow", Provenance::tensorflow));
        columns.add(made("libc", Provenance::libc));
        columns.add(made("os", Provenance::os));
        columns.add(made("processor", Provenance::processor));
        columns.add(made("processor_features", Provenance::processorFeatures));
        columns.add(made("logical_processors", Provenance::logicalProcessors));
        columns.add(made("gpu", Provenance::gpu));
        columns.add(made("environment", provenance -> JsonText.of(provenance.environment())));
        columns.add(made("libraries", provenance -> JsonText.of(provenance.libraries())));
        return columns;
    }

    private static Column<RunRecord> spec(String name, Function<RunSpec.TrainingSpec, @Nullable Object> value) {
        return column(name, run -> value.apply(run.spec().training()));
    }

    private static Column<RunRecord> made(String name, Function<Provenance, @Nullable Object> value) {
        return column(name, run -> value.apply(run.provenance()));
    }

    private static Column<RunRecord> failure(String name, Function<RunRecord.Failure, @Nullable Object> value) {
        return column(name, run -> run.failure() == null ? null : value.apply(run.failure()));
    }

    private static Column<RunRecord> outcome(String name, Function<Outcome, @Nullable Object> value) {
        return column(name, run -> run.outcome() == null ? null : value.apply(run.outcome()));
    }
}
