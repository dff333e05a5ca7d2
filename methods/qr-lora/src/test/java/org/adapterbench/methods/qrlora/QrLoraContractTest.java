package org.adapterbench.methods.qrlora;

import java.util.List;
import java.util.Map;
import org.adapterbench.api.method.BaseModel;
import org.adapterbench.api.method.LinearSite;
import org.adapterbench.api.method.Settings;
import org.adapterbench.api.method.Targets;
import org.adapterbench.api.method.TuningMethod;
import org.adapterbench.contract.TuningMethodContract;

final class QrLoraContractTest extends TuningMethodContract {

    @Override
    protected TuningMethod method() {
        return new QrLoraMethod();
    }

    @Override
    protected List<Map<String, Object>> cases() {
        return List.of(
                Map.of("layers", "last-1"),
                Map.of("rank", 5, "layers", "all", "targets", List.of("key", "intermediate", "output")));
    }

    @Override
    protected List<Map<String, Object>> wideCases() {
        return List.of(Map.of("rank", 80, "layers", List.of(0)), Map.of("tau", 1, "layers", List.of(1)));
    }

    /** r a site: fixed, or the smallest number of leading squares that makes up tau of their sum. */
    @Override
    protected long trainedScalars(Settings settings, BaseModel model) {
        List<LinearSite> sites = Targets.select(settings, model);
        int rank = settings.whole("rank");
        if (rank > 0) {
            return (long) rank * sites.size();
        }
        long sum = 0;
        for (LinearSite site : sites) {
            double[] diagonal = PivotedQr.of(model.values(site.weightName()), site.out(), site.in())
                    .diagonal();
            double total = 0;
            for (double value : diagonal) {
                total += value * value;
            }
            double kept = 0;
            for (int i = 0; i < diagonal.length && kept < settings.real("tau") * total; i++) {
                kept += diagonal[i] * diagonal[i];
                sum++;
            }
        }
        return sum;
    }

    /** By tau, the energies of the weights decide the rank. */
    @Override
    protected boolean dataDecideShapes(Settings settings) {
        return settings.whole("rank") == 0;
    }

    @Override
    protected Map<String, Map<String, Object>> impossible() {
        return Map.of("rank", Map.of("rank", 49, "layers", "all"));
    }
}
