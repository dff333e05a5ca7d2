package org.adapterbench.reports.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.reports.ComparableRuns;
import org.adapterbench.reports.Numbers;
import org.adapterbench.reports.ReportInput;
import org.adapterbench.reports.Scores;
import org.adapterbench.reports.SpecText;
import org.adapterbench.reports.TableHeadings;
import org.jspecify.annotations.Nullable;

/**
 * What the page says about runs that may be compared.
 *
 * @param number     of the table
 * @param title      what sets the group apart
 * @param otherContent splits whose content is not the official one
 * @param conditions what all its runs share
 * @param legend     its variants, as far as charts show them
 * @param unplotted  variants that the charts leave out
 * @param curves     learning curves, empty without a finished run
 * @param quality    scores against parameters, empty without a finished run
 */
record Group(
        int number,
        String title,
        List<String> otherContent,
        List<Fact> conditions,
        ResultTable results,
        PlainTable seeds,
        PlainTable metrics,
        PlainTable settings,
        PlainTable parameters,
        PlainTable throughput,
        PlainTable stages,
        List<Series> legend,
        int unplotted,
        List<Chart> curves,
        List<Chart> quality) {

    static Group of(
            ComparableRuns group,
            ReportInput input,
            Scores scores,
            Map<String, Series> series,
            Machines machines,
            TableHeadings headings,
            boolean charts) {
        List<Series> drawn =
                group.variants(input.variantOrder()).stream().map(series::get).toList();
        return new Group(
                group.number(),
                Shown.text(headings.of(group)),
                group.otherContent().stream().map(Shown::text).toList(),
                conditions(group),
                ResultTable.of(group, input, scores, series),
                SeedTable.everySeed(group, scores, series),
                SeedTable.everyMetric(group, series),
                SettingsTable.of(group, input),
                ParameterTable.of(group, input),
                CostTables.throughput(group, machines, series),
                CostTables.stages(group, machines, series),
                drawn.stream().limit(LearningCurves.MOST_LINES).toList(),
                Math.max(0, drawn.size() - LearningCurves.MOST_LINES),
                charts ? LearningCurves.of(group, scores, series) : List.of(),
                charts ? QualityChart.of(group, input.baselines(), scores, series) : List.of());
    }

    private static List<Fact> conditions(ComparableRuns group) {
        ComparableRuns.Common common = group.common();
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.of("encoder", common.encoder().name()));
        facts.add(Fact.hash("encoder weights", common.encoder().weightsSha256()));
        facts.add(Fact.hash("tokenizer", common.encoder().tokenizerSha256()));
        facts.add(start(common.start().warmup()));
        facts.add(Fact.of("numerics", numerics(common)));
        facts.add(Fact.of("threads", Integer.toString(common.threads())));
        facts.add(Fact.of("recipe version", Integer.toString(common.recipeVersion())));
        group.tasks().forEach((task, data) -> facts.add(data(task, data)));
        facts.addAll(SettingsTable.shared(group));
        return facts;
    }

    private static Fact start(RunSpec.@Nullable TrainingSpec warmup) {
        if (warmup == null) {
            return Fact.of("start", "the pretrained weights");
        }
        StringBuilder all = new StringBuilder();
        SpecText.training(warmup)
                .forEach((name, value) ->
                        all.append(name).append(": ").append(value).append('\n'));
        return new Fact(
                "start",
                "full fine-tuning for " + Shown.count(warmup.epochs(), "epoch") + " at rate "
                        + Numbers.exact(warmup.learningRate()),
                all.toString().strip());
    }

    private static String numerics(ComparableRuns.Common common) {
        return switch (common.numerics()) {
            case PORTABLE -> "portable: the same bits on every machine with AVX2";
            case FAST -> "fast: comparable on one class of machine (" + common.machine() + ")";
            case FAST_BF16 ->
                "fast-bf16, matrix products of bfloat16 values: comparable on one class of machine (" + common.machine()
                        + ")";
        };
    }

    private static Fact data(String task, RunSpec.TaskSpec data) {
        StringBuilder text = new StringBuilder()
                .append(Numbers.grouped(data.train().examples()))
                .append(" to train");
        StringBuilder hashes = new StringBuilder()
                .append(data.train().split())
                .append(' ')
                .append(data.train().idsSha256());
        for (RunSpec.SplitSpec split : data.evaluation()) {
            text.append(", ")
                    .append(Numbers.grouped(split.examples()))
                    .append(" in ")
                    .append(split.split());
            hashes.append('\n').append(split.split()).append(' ').append(split.idsSha256());
        }
        return new Fact("data of " + Shown.text(task), Shown.text(text.toString()), Shown.text(hashes.toString()));
    }
}
