package org.adapterbench.cli;

import java.util.ArrayList;
import java.util.List;
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

/** Scores of the trivial predictors on exactly the examples that runs used. */
final class Baselines {

    /** Above this many training examples a bag of words takes longer to fit than a reader waits. */
    private static final int MOST_EXAMPLES = 20_000;

    private final Materials materials;

    Baselines(Materials materials) {
        this.materials = materials;
    }

    /** The baselines of every task in the records whose data is here, unchanged. */
    List<org.adapterbench.reports.Baseline> of(List<RunRecord> records) {
        List<org.adapterbench.reports.Baseline> baselines = new ArrayList<>();
        records.stream()
                .map(record -> record.spec().task())
                .distinct()
                .filter(task -> task.train().examples() <= MOST_EXAMPLES)
                .forEach(task -> baselines.addAll(of(task)));
        return baselines;
    }

    private List<org.adapterbench.reports.Baseline> of(RunSpec.TaskSpec spec) {
        try {
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
        } catch (UserError | RunFailure absentOrOtherData) {
            return List.of();
        }
    }

    private static LabelledSplit named(TaskData data, String split) {
        return data.evaluation().stream()
                .filter(candidate -> candidate.name().equals(split))
                .findFirst()
                .orElseThrow(() -> new UserError(data.task().name() + " has no split " + split));
    }

    private static LabelledSplit select(TaskData data, LabelledSplit split, SplitSpec spec) {
        return new LabelledSplit(
                split.name(),
                Selection.repeat(split, data.facts(split.name()), spec).examples());
    }
}
