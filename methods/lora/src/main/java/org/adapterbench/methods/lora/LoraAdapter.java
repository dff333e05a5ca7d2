package org.adapterbench.methods.lora;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.adapterbench.api.method.Adapter;
import org.adapterbench.api.method.AddedParameter;
import org.adapterbench.api.method.GraphScope;
import org.adapterbench.api.method.LinearSite;
import org.adapterbench.api.method.LowRank;
import org.adapterbench.api.method.ParameterValues;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** One run's LoRA factors: y + scale * B A dropout(x) at each chosen site. */
final class LoraAdapter implements Adapter {

    private final List<LinearSite> sites;
    private final int rank;
    private final double scale;
    private final double dropout;
    private final List<AddedParameter> added = new ArrayList<>();

    LoraAdapter(List<LinearSite> sites, int rank, double scale, double dropout, long seed) {
        this.sites = List.copyOf(sites);
        this.rank = rank;
        this.scale = scale;
        this.dropout = dropout;
        for (LinearSite site : sites) {
            Supplier<float[]> a = () -> KaimingUniform.draw(seed, aName(site), rank, site.in());
            added.add(new AddedParameter(aName(site), List.of(rank, site.in()), a, true, true));
            Supplier<float[]> b = () -> new float[site.out() * rank];
            added.add(new AddedParameter(bName(site), List.of(site.out(), rank), b, true, true));
        }
    }

    @Override
    public List<AddedParameter> added() {
        return List.copyOf(added);
    }

    @Override
    public boolean adapts(LinearSite site) {
        return sites.contains(site);
    }

    @Override
    public Operand<TFloat32> linear(
            GraphScope scope, LinearSite site, Operand<TFloat32> input, Operand<TFloat32> output) {
        Operand<TFloat32> x = scope.dropout(input, dropout);
        return LowRank.add(scope, x, output, scope.added(aName(site)), scope.added(bName(site)), scale);
    }

    @Override
    public Map<String, float[]> merge(ParameterValues values) {
        double[] diagonal = LowRank.uniform(rank, scale);
        Map<String, float[]> merged = new TreeMap<>();
        for (LinearSite site : sites) {
            float[] weight = values.get(site.weightName());
            merged.put(
                    site.weightName(), LowRank.sum(weight, values.get(bName(site)), diagonal, values.get(aName(site))));
        }
        return merged;
    }

    private static String aName(LinearSite site) {
        return site.name() + ".lora_A";
    }

    private static String bName(LinearSite site) {
        return site.name() + ".lora_B";
    }
}
