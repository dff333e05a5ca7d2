package org.adapterbench.core.encoder;

import java.util.Set;
import java.util.stream.IntStream;
import org.adapterbench.api.method.Adapter;
import org.adapterbench.api.method.LinearSite;
import org.adapterbench.api.method.ModelParameter;

/** How much of an encoder an adapter leaves as it starts: the layers below the first that it trains or changes. */
public final class FrozenLayers {

    private FrozenLayers() {}

    /**
     * Asks the adapter at every parameter and every linear map.
     *
     * @return how many of the first layers compute the start's function throughout training; 0 also where the
     *     embeddings change
     */
    public static int count(ModelLayout layout, Adapter adapter) {
        Set<String> replaced = adapter.replacedValues().keySet();
        IntStream changed = layout.parameters().stream()
                .filter(p -> !p.head())
                .filter(p -> adapter.trains(p) || adapter.reparametrises(p) || replaced.contains(p.name()))
                .mapToInt(ModelParameter::layer);
        IntStream adapted = layout.sites().stream().filter(adapter::adapts).mapToInt(LinearSite::layer);
        int first =
                IntStream.concat(changed, adapted).min().orElse(layout.config().layers());
        return Math.max(0, first);
    }
}
