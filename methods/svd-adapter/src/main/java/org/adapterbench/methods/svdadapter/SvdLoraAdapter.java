package org.adapterbench.methods.svdadapter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.adapterbench.api.method.Adapter;
import org.adapterbench.api.method.AddedParameter;
import org.adapterbench.api.method.GraphScope;
import org.adapterbench.api.method.LinearSite;
import org.adapterbench.api.method.LowRank;
import org.adapterbench.api.method.MethodFact;
import org.adapterbench.api.method.ParameterValues;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** One run's SVD-LoRA: (W - scale * B0 A0) x + b + scale * B A x at each chosen site. */
final class SvdLoraAdapter implements Adapter {

    private final Map<LinearSite, SvdFactors> factors = new LinkedHashMap<>();
    private final int rank;
    private final double scale;

    SvdLoraAdapter(List<SvdFactors> factors, int rank, double scale) {
        factors.forEach(site -> this.factors.put(site.site(), site));
        this.rank = rank;
        this.scale = scale;
    }

    @Override
    public List<AddedParameter> added() {
        List<AddedParameter> added = new ArrayList<>();
        for (SvdFactors f : factors.values()) {
            added.add(new AddedParameter(f.aName(), List.of(rank, f.site().in()), f.a(), true, true));
            added.add(new AddedParameter(f.bName(), List.of(f.site().out(), rank), f.b(), true, true));
        }
        return added;
    }

    @Override
    public Map<String, float[]> replacedValues() {
        Map<String, float[]> replaced = new TreeMap<>();
        factors.values().forEach(f -> replaced.put(f.site().weightName(), f.residual()));
        return replaced;
    }

    @Override
    public boolean adapts(LinearSite site) {
        return factors.containsKey(site);
    }

    @Override
    public Operand<TFloat32> linear(
            GraphScope scope, LinearSite site, Operand<TFloat32> input, Operand<TFloat32> output) {
        SvdFactors f = factors.get(site);
        if (f == null) {
            throw new IllegalArgumentException(site.name() + " is not adapted");
        }
        return LowRank.add(scope, input, output, scope.added(f.aName()), scope.added(f.bName()), scale);
    }

    @Override
    public Map<String, float[]> merge(ParameterValues values) {
        double[] diagonal = LowRank.uniform(rank, scale);
        Map<String, float[]> merged = new TreeMap<>();
        for (SvdFactors f : factors.values()) {
            String weight = f.site().weightName();
            merged.put(weight, LowRank.sum(values.get(weight), values.get(f.bName()), diagonal, values.get(f.aName())));
        }
        return merged;
    }

    @Override
    public List<MethodFact> facts() {
        return factors.values().stream().flatMap(f -> f.facts().stream()).toList();
    }
}
