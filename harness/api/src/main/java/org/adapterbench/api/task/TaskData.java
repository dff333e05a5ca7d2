package org.adapterbench.api.task;

import java.util.List;
import java.util.Optional;

/**
 * What runs of a task train on and are scored on, as it is on this machine.
 *
 * @param train      the training split
 * @param evaluation the labelled splits named by {@link Task#evaluationSplits}, in that order
 * @param facts      one entry a split
 */
public record TaskData(Task task, LabelledSplit train, List<LabelledSplit> evaluation, List<SplitFacts> facts) {

    public TaskData {
        evaluation = List.copyOf(evaluation);
        facts = List.copyOf(facts);
    }

    /** The evaluation split of this name. */
    public Optional<LabelledSplit> evaluation(String split) {
        return evaluation.stream().filter(s -> s.name().equals(split)).findFirst();
    }

    /** The facts of one split. */
    public SplitFacts facts(String split) {
        return facts.stream()
                .filter(f -> f.split().equals(split))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no split '" + split + "' in " + task.name()));
    }
}
