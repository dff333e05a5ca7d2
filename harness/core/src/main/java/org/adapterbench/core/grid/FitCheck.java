package org.adapterbench.core.grid;

import java.util.List;
import org.adapterbench.api.UserError;
import org.adapterbench.api.method.Adapter;
import org.adapterbench.api.method.AdapterContext;
import org.adapterbench.api.method.AddedParameter;
import org.adapterbench.api.method.BaseModel;
import org.adapterbench.api.method.ModelParameter;
import org.adapterbench.api.method.TuningMethod;
import org.adapterbench.api.record.RunSpec.Part;
import org.adapterbench.api.record.RunSpec.TaskSpec;
import org.adapterbench.api.record.RunSpec.TrainingSpec;
import org.adapterbench.core.config.Experiment.MethodChoice;
import org.adapterbench.core.encoder.ModelLayout;
import org.adapterbench.core.encoder.ModelOutline;
import org.adapterbench.core.encoder.ShapeRule;
import org.adapterbench.core.weights.EncoderConfig;

/** Refuses, before anything is computed, what an encoder or a task cannot carry. */
final class FitCheck {

    private final String locator;
    private final EncoderConfig encoder;
    private final TaskSpec task;

    /** @param locator the encoder as the experiment names it */
    FitCheck(String locator, EncoderConfig encoder, TaskSpec task) {
        this.locator = locator;
        this.encoder = encoder;
        this.task = task;
    }

    /**
     * Lets the method create its adapter for a model that has shapes but no values: far enough for it to refuse
     * ranks and layers that do not fit.
     *
     * @param outputs width of the task's head
     * @return the weights that the method adds, or {@link ShapeRule#narrowest} where the data decide their shapes
     */
    List<ShapeRule.Matrix> method(MethodChoice choice, TuningMethod method, int outputs) {
        ModelLayout layout = new ModelLayout(encoder, outputs);
        BaseModel shapes = new ModelOutline(layout);
        Adapter adapter;
        List<ShapeRule.Matrix> added;
        try {
            adapter = method.create(choice.settings(), new AdapterContext(shapes, shapes, 0));
            added = ShapeRule.matrices(adapter);
        } catch (UserError e) {
            throw new UserError(choice.place() + ": with encoder " + locator + ": " + e.getMessage(), e);
        } catch (ModelOutline.ValuesAsked dataDecide) {
            return List.of(ShapeRule.narrowest(encoder));
        }
        requireEffect(choice, adapter, layout);
        return added;
    }

    /** Refuses steps that would change nothing. */
    private static void requireEffect(MethodChoice choice, Adapter adapter, ModelLayout layout) {
        List<ModelParameter> parameters = layout.parameters();
        if (parameters.stream().anyMatch(parameter -> !parameter.head() && adapter.trains(parameter))
                || adapter.added().stream().anyMatch(AddedParameter::trainable)) {
            return;
        }
        if (!adapter.trainsHead()) {
            if (!choice.steps().isEmpty()) {
                throw new UserError(choice.steps().get(0) + ": " + choice.method()
                        + " trains nothing, so it takes no steps (allowed: leave it out)");
            }
        } else if (choice.training().head() == Part.FROZEN && choice.training().pooler() == Part.FROZEN) {
            throw new UserError(choice.place() + ": " + choice.method()
                    + " would train nothing, since it trains head and pooler alone and both are frozen (allowed: one of"
                    + " them trained)");
        }
    }

    /**
     * Refuses shapes that {@code numerics: portable} cannot keep its promise for.
     *
     * @param place file, line and key, for messages
     */
    void portable(String place, TrainingSpec training, int outputs, List<ShapeRule.Matrix> added) {
        try {
            ShapeRule.require(encoder, training.batchSize(), training.maxLength(), outputs, added);
        } catch (UserError e) {
            throw new UserError(place + ": with encoder " + locator + ": " + e.getMessage(), e);
        }
    }

    /** @param place file, line and key, for messages */
    void training(String place, TrainingSpec training) {
        if (training.maxLength() > encoder.maxLength()) {
            throw new UserError(place + ": max-length " + training.maxLength() + " is more than encoder " + locator
                    + " has positions for (allowed: at most " + encoder.maxLength() + ")");
        }
        if (training.selectionExamples() >= task.train().examples()) {
            throw new UserError(place + ": selection-examples " + training.selectionExamples() + " leaves nothing of "
                    + task.train().examples() + " training examples of " + task.name() + " (allowed: fewer)");
        }
    }
}
