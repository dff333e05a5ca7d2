package org.adapterbench.methods.warmstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.adapterbench.api.method.AdapterContext;
import org.adapterbench.api.method.BaseModel;
import org.adapterbench.api.method.Settings;
import org.adapterbench.api.method.TuningMethod;
import org.adapterbench.contract.TinyModel;
import org.adapterbench.contract.TuningMethodContract;
import org.adapterbench.core.weights.EncoderConfig.Family;
import org.junit.jupiter.api.Test;

final class WarmStartContractTest extends TuningMethodContract {

    @Override
    protected TuningMethod method() {
        return new WarmStartMethod();
    }

    @Override
    protected List<Map<String, Object>> cases() {
        return List.of(Map.of());
    }

    @Override
    protected long trainedScalars(Settings settings, BaseModel model) {
        return 0;
    }

    @Test
    void theHeadStaysToo() {
        BaseModel model = TinyModel.of(Family.BERT).model(1);
        Settings none = Settings.resolve("test", List.of(), Map.of());
        assertThat(method().create(none, new AdapterContext(model, model, 1)).trainsHead())
                .isFalse();
    }
}
