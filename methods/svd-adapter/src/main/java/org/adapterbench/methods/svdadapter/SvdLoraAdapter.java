package org.adapterbench.methods.svdadapter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.adapterbench.api.Lazy;
import org.adapterbench.api.method.Adapter;
import org.adapterbench.api.method.AddedParameter;
import org.adapterbench.api.method.BaseModel;
import org.adapterbench.api.method.GraphScope;
import org.adapterbench.api.method.LinearSite;
import org.adapterbench.api.method.LowRank;
import org.adapterbench.api.method.MethodFact;
import org.adapterbench.api.method.ParameterValues;
import org.adapterbench.api.method.Targets;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** One run's SVD-LoRA: (W - scale * B0 A0) x + b + scale * B A x at each chosen site. */
final class SvdLoraAdapter implements Adapter {

    private final List<LinearSite> sites;
    private final int rank;
    private final double scale;
    /** By site, in their order; the weights are read when the first of them is asked for. */
    private final Lazy<Map<LinearSite, SvdFactors>> factors;

    SvdLoraAdapter(List<LinearSite> sites, BaseModel start, int rank, double scale) {
        this.sites = List.copyOf(sites);
        this.rank = rank;
        this.scale = scale;
        this.factors = new Lazy<>(() ->
                Targets.computeEach(sites, site -> SvdFactors.of(site, start.values(site.weightName()), rank, scale)));
    }

    private SvdFactors factors(LinearSite site) {
        SvdFactors found = factors.get().get(site);
        if (found == null) {
            throw new IllegalArgumentException(site.name() + " is not adapted");
        }
        return found;
    }

    @Override
    public List<AddedParameter> added() {
        List<AddedParameter> added = new ArrayList<>();
        for (LinearSite site : sites) {
            List<Integer> shapeOfA = List.of(rank, site.in());
            added.add(new AddedParameter(
                    aName(site), shapeOfA, () -> factors(site).a(), true, true));
            List<Integer> shapeOfB = List.of(site.out(), rank);
            added.add(new AddedParameter(
                    bName(site), shapeOfB, () -> factors(site).b(), true, true));
        }
        return added;
    }

    @Override
    public Map<String, Supplier<float[]>> replacedValues() {
        Map<String, Supplier<float[]>> replaced = new TreeMap<>();
        sites.forEach(
                site -> replaced.put(site.weightName(), () -> factors(site).residual()));
        return replaced;
    }

    @Override
    public boolean adapts(LinearSite site) {
        return sites.contains(site);
    }

    @Override
    public Operand<TFloat32> linear(
            GraphScope scope, LinearSite site, Operand<TFloat32> input, Operand<TFloat32> output) {
        return LowRank.add(scope, input, output, scope.added(aName(site)), scope.added(bName(site)), scale);
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

    @Override
    public List<MethodFact> facts() {
        return factors.get().values().stream().map(SvdFactors::fact).toList();
    }

    private static String aName(LinearSite site) {
        return site.name() + ".svd_A";
    }

    private static String bName(LinearSite site) {
        return site.name() + ".svd_B";
    }
}
