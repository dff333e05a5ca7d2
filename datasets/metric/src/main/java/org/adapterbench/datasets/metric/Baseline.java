package org.adapterbench.datasets.metric;

import java.util.List;
import org.adapterbench.api.task.LabelledSplit;
import org.adapterbench.api.task.Task;
import org.adapterbench.api.task.TextInput;

/** A predictor without pretraining, which says what a score is worth. Deterministic; no seed. */
public sealed interface Baseline permits MajorityBaseline, BagOfWordsBaseline {

    /** Stable identifier. */
    String name();

    /**
     * Learns from one split and predicts for other texts.
     *
     * @return class numbers, or regression values; one for each input
     */
    float[] predict(Task task, LabelledSplit train, List<TextInput> inputs);

    /** Every baseline, the weakest first. */
    static List<Baseline> all() {
        return List.of(new MajorityBaseline(), new BagOfWordsBaseline());
    }
}
