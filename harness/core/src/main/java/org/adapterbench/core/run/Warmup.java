package org.adapterbench.core.run;

import java.util.List;
import org.adapterbench.api.FailureKind;
import org.adapterbench.api.RunFailure;
import org.adapterbench.api.method.Adapter;
import org.adapterbench.api.method.ModelParameter;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.api.record.RunSpec.TrainingSpec;
import org.adapterbench.api.task.Task;
import org.adapterbench.core.data.HeldOut;
import org.adapterbench.core.encoder.Model;
import org.adapterbench.core.train.EncodedExample;
import org.adapterbench.core.train.FrozenPrefix;
import org.adapterbench.core.train.Trainer;
import org.adapterbench.core.train.TrainingCheckpoint;
import org.adapterbench.core.train.TrainingGraph;
import org.adapterbench.core.weights.TensorMap;

/** The warm-up stage: full fine-tuning of every parameter from the pretrained weights. */
final class Warmup {

    private final RunSpec spec;
    private final TrainingSpec recipe;
    private final Task task;
    private final RunListener listener;
    private double earlierSeconds;

    Warmup(RunSpec spec, TrainingSpec recipe, Task task, RunListener listener) {
        this.spec = spec;
        this.recipe = recipe;
        this.task = task;
        this.listener = listener;
    }

    /**
     * Trains and returns all parameters.
     *
     * @param selection the training selection, from which the slice is still to be held out
     * @param checkpoint from which an interrupted warm-up goes on
     * @throws RunFailure of kind DIVERGED when a parameter is not finite: such a start must not be kept
     */
    TensorMap from(Model pretrained, List<EncodedExample> selection, TrainingCheckpoint checkpoint) {
        List<EncodedExample> training = HeldOut.cut(selection, EncodedExample::id, recipe.selectionExamples())
                .training();
        try (TrainingGraph graph = new TrainingGraph(
                pretrained, new Everything(), task.objective(), recipe, spec.numerics(), spec.threads())) {
            Trainer.Result result = new Trainer(
                            graph,
                            task,
                            pretrained.layout().config(),
                            recipe,
                            StageName.WARM_UP,
                            spec.seed(),
                            FrozenPrefix.computed(),
                            listener,
                            checkpoint)
                    .train(training, List.of(), List.of());
            earlierSeconds = result.earlierSeconds();
            TensorMap tensors = new TensorMap();
            for (ModelParameter parameter : pretrained.parameters()) {
                float[] values = graph.value(parameter.name());
                requireFinite(parameter.name(), values);
                tensors.put(parameter.name(), parameter.shape(), values);
            }
            return tensors;
        }
    }

    /** What earlier processes spent on the warm-up that was trained; 0 where none was interrupted. */
    double earlierSeconds() {
        return earlierSeconds;
    }

    private static void requireFinite(String name, float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new RunFailure(FailureKind.DIVERGED, "the warm-up left " + value + " in " + name);
            }
        }
    }

    /** Every encoder parameter and the head train, nothing is added. */
    private static final class Everything implements Adapter {
        @Override
        public boolean trains(ModelParameter parameter) {
            return true;
        }
    }
}
