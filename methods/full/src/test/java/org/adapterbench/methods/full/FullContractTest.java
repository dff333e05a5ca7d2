package org.adapterbench.methods.full;

import java.util.List;
import java.util.Map;
import org.adapterbench.api.method.BaseModel;
import org.adapterbench.api.method.ModelParameter;
import org.adapterbench.api.method.Settings;
import org.adapterbench.api.method.TuningMethod;
import org.adapterbench.contract.TuningMethodContract;

final class FullContractTest extends TuningMethodContract {

    @Override
    protected TuningMethod method() {
        return new FullMethod();
    }

    @Override
    protected List<Map<String, Object>> cases() {
        return List.of(Map.of());
    }

    /** Embeddings (v + p + t) h + 2 h; a layer 4 h² + 2 h i + 9 h + i, that is 4 maps h x h, 2 maps h x i. */
    @Override
    protected long trainedScalars(Settings settings, BaseModel model) {
        long h = model.shape().hidden();
        long i = model.shape().intermediate();
        long rows = model.parameters().stream()
                .filter(parameter -> parameter.role() == ModelParameter.Role.EMBEDDING)
                .mapToLong(parameter -> parameter.shape().get(0))
                .sum();
        return rows * h + 2 * h + model.shape().layers() * (4 * h * h + 2 * h * i + 9 * h + i);
    }
}
