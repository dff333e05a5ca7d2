package org.adapterbench.core.train;

import java.util.ArrayList;
import java.util.List;
import org.adapterbench.api.method.Adapter;
import org.adapterbench.api.method.AddedParameter;
import org.adapterbench.api.method.ModelParameter;
import org.adapterbench.api.method.ModelParameter.Role;
import org.adapterbench.api.record.RunSpec.Part;
import org.adapterbench.api.record.RunSpec.TrainingSpec;
import org.adapterbench.core.encoder.Model;

/**
 * A tensor that the optimizer updates.
 *
 * @param head   whether it counts as part of the head and follows the head's learning rate
 * @param decays whether weight decay applies
 */
public record TrainedParameter(String name, List<Integer> shape, boolean head, boolean decays) {

    /** Those of a model with its adapter, base ones first. */
    static List<TrainedParameter> all(Model model, Adapter adapter, TrainingSpec spec) {
        List<TrainedParameter> all = new ArrayList<>();
        for (ModelParameter parameter : model.parameters()) {
            if (parameter.head() ? trainsHead(parameter, adapter, spec) : adapter.trains(parameter)) {
                boolean decays = spec.decayAll() || !parameter.biasOrNorm();
                all.add(new TrainedParameter(parameter.name(), parameter.shape(), parameter.head(), decays));
            }
        }
        for (AddedParameter parameter : adapter.added()) {
            if (parameter.trainable()) {
                all.add(new TrainedParameter(
                        parameter.name(), parameter.shape(), false, spec.decayAll() || parameter.decays()));
            }
        }
        return List.copyOf(all);
    }

    private static boolean trainsHead(ModelParameter parameter, Adapter adapter, TrainingSpec spec) {
        Part part = parameter.role() == Role.POOLER ? spec.pooler() : spec.head();
        return adapter.trainsHead() && part == Part.TRAINED;
    }

    public long size() {
        return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    }
}
