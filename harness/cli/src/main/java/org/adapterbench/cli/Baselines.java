package org.adapterbench.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.adapterbench.api.RunFailure;
import org.adapterbench.api.UserError;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.api.record.RunSpec.SplitSpec;
import org.adapterbench.api.task.LabelledSplit;
import org.adapterbench.api.task.TaskData;
import org.adapterbench.core.data.Selection;
import org.adapterbench.datasets.metric.Baseline;
import org.adapterbench.datasets.metric.BaselineScore;
import org.adapterbench.reports.AbsentBaselines;

/** Scores of the trivial predictors on exactly the examples that runs used. */
final class Baselines {

    /** Above this many training examples a bag of words takes longer to fit than a reader waits. */
    private static final int MOST_EXAMPLES = 20_000;

    private final Materials materials;

    Baselines(Materials materials) {
        this.materials = materials;
    }

    /**
     * What became of the tasks' baselines.
     *
     * @param here   of every task whose data is here, unchanged
     * @param absent the other tasks
     */
    record Found(List<org.adapterbench.reports.Baseline> here, List<AbsentBaselines> absent) {}

    /** The baselines of every task in the records, or why there are none. */
    Found of(List<RunRecord> records) {
        Found found = new Found(new ArrayList<>(), new ArrayList<>());
        records.stream().map(record -> record.spec().task()).distinct().forEach(task -> add(task, found));
        return found;
    }

    private void add(RunSpec.TaskSpec task, Found found) {
        if (task.train().examples() > MOST_EXAMPLES) {
            found.absent()
                    .add(new AbsentBaselines(
                            task,
                            String.format(
                                    Locale.ROOT, "they are made of at most %,d training examples", MOST_EXAMPLES)));
            return;
        }
        try {
            found.here().addAll(of(task));
        } catch (UserError | RunFailure e) {
            found.absent()
                    .add(new AbsentBaselines(
                            task,
                            "the texts that the runs used could not be read when the report was written: "
                                    + e.getMessage()));
        }
    }

    /**
     * @throws UserError  where the data is absent or damaged
     * @throws RunFailure where it is other than the runs'
     */
    private List<org.adapterbench.reports.Baseline> of(RunSpec.TaskSpec spec) {
        TaskData data = materials.tasks().load("baselines", spec.name(), materials.data());
        LabelledSplit train = select(data, data.train(), spec.train());
        List<org.adapterbench.reports.Baseline> baselines = new ArrayList<>();
        for (Baseline baseline : Baseline.all()) {
            SortedMap<String, SortedMap<String, Double>> scores = new TreeMap<>();
            for (SplitSpec split : spec.evaluation()) {
                LabelledSplit evaluation = select(data, named(data, split.split()), split);
                scores.put(
                        split.split(),
                        BaselineScore.of(baseline, data.task(), train, evaluation)
                                .metrics());
            }
            baselines.add(new org.adapterbench.reports.Baseline(spec, baseline.name(), scores));
        }
        return baselines;
    }

    private static LabelledSplit named(TaskData data, String split) {
        return data.evaluation(split)
                .orElseThrow(() -> new UserError(data.task().name() + " has no split " + split));
    }

    private static LabelledSplit select(TaskData data, LabelledSplit split, SplitSpec spec) {
        return new LabelledSplit(
                split.name(),
                Selection.repeat(split, data.facts(split.name()), spec).examples());
    }
}
