package org.adapterbench.methods.headonly;

import java.util.List;
import java.util.Map;
import org.adapterbench.api.method.BaseModel;
import org.adapterbench.api.method.Settings;
import org.adapterbench.api.method.TuningMethod;
import org.adapterbench.contract.TuningMethodContract;

final class HeadOnlyContractTest extends TuningMethodContract {

    @Override
    protected TuningMethod method() {
        return new HeadOnlyMethod();
    }

    @Override
    protected List<Map<String, Object>> cases() {
        return List.of(Map.of());
    }

    @Override
    protected long trainedScalars(Settings settings, BaseModel model) {
        return 0;
    }
}
