package org.adapterbench.api.method;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Which linear maps an adapter touches: the two settings {@code targets} and {@code layers}. */
public final class Targets {

    private Targets() {}

    /** The setting {@code targets}, with the projections that are adapted by default. */
    public static Setting projections(Projection... standard) {
        return new Setting.Choices(
                "targets",
                "the linear maps to adapt in each chosen layer",
                Arrays.stream(standard).map(Projection::settingName).toList(),
                Arrays.stream(Projection.values()).map(Projection::settingName).toList());
    }

    /** The setting {@code layers}. */
    public static Setting layers(String standard) {
        return new Setting.Layers("layers", "the encoder layers to adapt", standard);
    }

    /** The sites that both settings choose, in forward order. */
    public static List<LinearSite> select(Settings settings, BaseModel model) {
        List<Integer> layers = settings.layers("layers", model.shape().layers());
        List<String> projections = settings.words("targets");
        return model.sites().stream()
                .filter(site -> layers.contains(site.layer()))
                .filter(site -> projections.contains(site.projection().settingName()))
                .toList();
    }

    /**
     * What is computed of each site, in the sites' order. Sites are independent: threads share them, and which thread
     * takes which decides nothing.
     *
     * @param computation of one site, for instance a decomposition of its weight
     */
    public static <T> Map<LinearSite, T> computeEach(List<LinearSite> sites, Function<LinearSite, T> computation) {
        List<T> computed = sites.parallelStream().map(computation).toList();
        Map<LinearSite, T> bySite = new LinkedHashMap<>();
        IntStream.range(0, sites.size()).forEach(i -> bySite.put(sites.get(i), computed.get(i)));
        return bySite;
    }
}
