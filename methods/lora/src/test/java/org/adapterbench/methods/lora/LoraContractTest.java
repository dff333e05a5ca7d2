package org.adapterbench.methods.lora;

import java.util.List;
import java.util.Map;
import org.adapterbench.api.method.BaseModel;
import org.adapterbench.api.method.Settings;
import org.adapterbench.api.method.Targets;
import org.adapterbench.api.method.TuningMethod;
import org.adapterbench.contract.TuningMethodContract;

final class LoraContractTest extends TuningMethodContract {

    @Override
    protected TuningMethod method() {
        return new LoraMethod();
    }

    @Override
    protected List<Map<String, Object>> cases() {
        return List.of(
                Map.of(),
                Map.of("rank", 3, "alpha", 6, "dropout", 0.1, "layers", "last-1", "targets", List.of("intermediate")));
    }

    @Override
    protected List<Map<String, Object>> wideCases() {
        return List.of(Map.of("rank", 96, "targets", List.of("key", "output"), "layers", List.of(0)));
    }

    /** rank (in + out) a site. */
    @Override
    protected long trainedScalars(Settings settings, BaseModel model) {
        return Targets.select(settings, model).stream()
                .mapToLong(site -> (long) settings.whole("rank") * (site.in() + site.out()))
                .sum();
    }

    @Override
    protected Map<String, Map<String, Object>> impossible() {
        return Map.of("rank", Map.of("rank", 49));
    }
}
