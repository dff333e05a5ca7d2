package org.adapterbench.methods.qrlora;

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

/** One run's QR-LoRA: y + Q_r diag(lambda) R_r Pᵀ x at each chosen site. */
final class QrLoraAdapter implements Adapter {

    private final Map<LinearSite, QrFactors> factors = new LinkedHashMap<>();
    private final List<MethodFact> facts;

    QrLoraAdapter(List<QrFactors> factors) {
        // A zero matrix has rank 0 by the energy rule: there is nothing to train, but the fact is kept.
        factors.stream().filter(f -> f.rank() > 0).forEach(f -> this.factors.put(f.site(), f));
        facts = factors.stream().flatMap(f -> f.facts().stream()).toList();
    }

    @Override
    public List<AddedParameter> added() {
        List<AddedParameter> added = new ArrayList<>();
        for (QrFactors f : factors.values()) {
            LinearSite site = f.site();
            added.add(new AddedParameter(f.qName(), List.of(site.out(), f.width()), f.q(), false, false));
            added.add(new AddedParameter(f.rName(), List.of(f.width(), site.in()), f.r(), false, false));
            added.add(new AddedParameter(f.lambdaName(), List.of(f.rank()), new float[f.rank()], true, true));
        }
        return added;
    }

    @Override
    public boolean adapts(LinearSite site) {
        return factors.containsKey(site);
    }

    @Override
    public Operand<TFloat32> linear(
            GraphScope scope, LinearSite site, Operand<TFloat32> input, Operand<TFloat32> output) {
        QrFactors f = factorsOf(site);
        // tokens x r, and never the out x in matrix that the product stands for
        Operand<TFloat32> coordinates = scope.linear(input, scope.added(f.rName()));
        Operand<TFloat32> lambda = LowRank.widen(scope, scope.added(f.lambdaName()), f.rank());
        Operand<TFloat32> scaled = scope.tf().math.mul(coordinates, lambda);
        return scope.tf().math.add(output, scope.linear(scaled, scope.added(f.qName())));
    }

    private QrFactors factorsOf(LinearSite site) {
        QrFactors found = factors.get(site);
        if (found == null) {
            throw new IllegalArgumentException(site.name() + " is not adapted");
        }
        return found;
    }

    @Override
    public Map<String, float[]> merge(ParameterValues values) {
        Map<String, float[]> merged = new TreeMap<>();
        for (QrFactors f : factors.values()) {
            float[] lambda = values.get(f.lambdaName());
            double[] diagonal = new double[f.width()];
            for (int i = 0; i < lambda.length; i++) {
                diagonal[i] = lambda[i];
            }
            String weight = f.site().weightName();
            merged.put(weight, LowRank.sum(values.get(weight), f.q(), diagonal, f.r()));
        }
        return merged;
    }

    @Override
    public List<MethodFact> facts() {
        return facts;
    }
}
