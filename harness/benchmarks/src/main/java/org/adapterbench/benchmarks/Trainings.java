package org.adapterbench.benchmarks;

import java.util.List;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.config.Defaults;
import org.adapterbench.core.plugin.TaskCatalog;
import org.adapterbench.core.train.ActivationStore;
import org.adapterbench.core.train.EncodedExample;
import org.adapterbench.core.train.Evaluator.EvaluationSet;
import org.adapterbench.core.train.FrozenPrefix;
import org.adapterbench.core.train.Trainer;
import org.adapterbench.core.train.TrainingCheckpoint;
import org.adapterbench.core.train.TrainingListener;

/** Trains as a run does, for whoever listens to the time. */
final class Trainings {

    /** Two classes, so that this task's metrics will do for any examples. */
    private static final String TASK = "glue/rte";

    private static final long SEED = 20;

    private Trainings() {}

    static void train(
            Subject subject,
            List<EncodedExample> examples,
            List<EvaluationSet> evaluation,
            FrozenPrefix prefix,
            TrainingListener listener) {
        new Trainer(
                        subject.graph(),
                        TaskCatalog.installed().get("task", TASK),
                        subject.config(),
                        subject.recipe(),
                        "train",
                        SEED,
                        prefix,
                        listener,
                        TrainingCheckpoint.none())
                .train(examples, List.of(), evaluation);
    }

    /** As much room for activations as a worker has. */
    static ActivationStore room() {
        return new ActivationStore(
                CacheFolder.of(System.getenv()).activations(), (long) Defaults.ACTIVATION_MEGABYTES << 20);
    }
}
