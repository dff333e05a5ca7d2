package org.adapterbench.methods.qrlora;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.adapterbench.api.Lazy;
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

    /** Of the sites with something to train; a zero matrix has rank 0 by the energy rule. */
    private final Map<LinearSite, Integer> ranks = new LinkedHashMap<>();

    private final Lazy<Map<LinearSite, QrFactors>> factors;

    /**
     * @param ranks   r of each site
     * @param factors of each site, those of rank 0 among them
     */
    QrLoraAdapter(Map<LinearSite, Integer> ranks, Lazy<Map<LinearSite, QrFactors>> factors) {
        ranks.forEach((site, rank) -> {
            if (rank > 0) {
                this.ranks.put(site, rank);
            }
        });
        this.factors = factors;
    }

    private QrFactors factors(LinearSite site) {
        QrFactors found = factors.get().get(site);
        if (found == null) {
            throw notAdapted(site);
        }
        return found;
    }

    private int rank(LinearSite site) {
        Integer rank = ranks.get(site);
        if (rank == null) {
            throw notAdapted(site);
        }
        return rank;
    }

    private static IllegalArgumentException notAdapted(LinearSite site) {
        return new IllegalArgumentException(site.name() + " is not adapted");
    }

    @Override
    public List<AddedParameter> added() {
        List<AddedParameter> added = new ArrayList<>();
        ranks.forEach((site, rank) -> {
            int width = LowRank.width(rank);
            List<Integer> shapeOfQ = List.of(site.out(), width);
            added.add(new AddedParameter(
                    qName(site), shapeOfQ, () -> factors(site).q(), false, false));
            List<Integer> shapeOfR = List.of(width, site.in());
            added.add(new AddedParameter(
                    rName(site), shapeOfR, () -> factors(site).r(), false, false));
            added.add(new AddedParameter(lambdaName(site), List.of(rank), () -> new float[rank], true, true));
        });
        return added;
    }

    @Override
    public boolean adapts(LinearSite site) {
        return ranks.containsKey(site);
    }

    @Override
    public Operand<TFloat32> linear(
            GraphScope scope, LinearSite site, Operand<TFloat32> input, Operand<TFloat32> output) {
        // tokens x r, and never the out x in matrix that the product stands for
        Operand<TFloat32> coordinates = scope.linear(input, scope.added(rName(site)));
        Operand<TFloat32> lambda = LowRank.widen(scope, scope.added(lambdaName(site)), rank(site));
        Operand<TFloat32> scaled = scope.tf().math.mul(coordinates, lambda);
        return scope.tf().math.add(output, scope.linear(scaled, scope.added(qName(site))));
    }

    @Override
    public Map<String, float[]> merge(ParameterValues values) {
        Map<String, float[]> merged = new TreeMap<>();
        ranks.forEach((site, rank) -> {
            QrFactors f = factors(site);
            float[] lambda = values.get(lambdaName(site));
            double[] diagonal = new double[LowRank.width(rank)];
            for (int i = 0; i < lambda.length; i++) {
                diagonal[i] = lambda[i];
            }
            String weight = site.weightName();
            merged.put(weight, LowRank.sum(values.get(weight), f.q(), diagonal, f.r()));
        });
        return merged;
    }

    @Override
    public List<MethodFact> facts() {
        return factors.get().values().stream().flatMap(f -> f.facts().stream()).toList();
    }

    private static String qName(LinearSite site) {
        return site.name() + ".qr_Q";
    }

    private static String rName(LinearSite site) {
        return site.name() + ".qr_R";
    }

    private static String lambdaName(LinearSite site) {
        return site.name() + ".qr_lambda";
    }
}
