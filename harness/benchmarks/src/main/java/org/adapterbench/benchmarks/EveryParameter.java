package org.adapterbench.benchmarks;

import java.util.Map;
import org.adapterbench.api.method.Adapter;
import org.adapterbench.api.method.AdapterContext;
import org.adapterbench.api.method.Settings;
import org.adapterbench.api.method.TuningMethod;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.encoder.ModelLayout;
import org.adapterbench.core.encoder.ModelOutline;
import org.adapterbench.core.weights.EncoderStore;

/** Tells the method that trains the whole encoder from the others, without knowing its name. */
final class EveryParameter {

    private EveryParameter() {}

    static boolean isTrainedBy(TuningMethod method) {
        ModelOutline outline = new ModelOutline(new ModelLayout(
                new EncoderStore(CacheFolder.of(System.getenv()))
                        .catalogue()
                        .get(0)
                        .config(),
                2));
        try {
            Adapter adapter = method.create(
                    Settings.resolve(method.name(), method.settings(), Map.of()),
                    new AdapterContext(outline, outline, 0));
            return outline.parameters().stream().filter(p -> !p.head()).allMatch(adapter::trains);
        } catch (ModelOutline.ValuesAsked needsWeights) {
            return false;
        }
    }
}
