package org.adapterbench.methods.svdadapter;

import java.util.List;
import java.util.stream.IntStream;
import org.adapterbench.api.method.LinearSite;
import org.adapterbench.api.method.LowRank;
import org.adapterbench.api.method.MethodFact;

/**
 * Where one site starts: both factors, rounded to fp32, and what is left of the base weight.
 *
 * @param a        sqrt(S_r / scale) V_rᵀ, rank x in
 * @param b        U_r sqrt(S_r / scale), out x rank
 * @param residual W - scale * B A, out x in, from the rounded factors
 * @param fact     the singular values that were moved into the factors
 */
record SvdFactors(float[] a, float[] b, float[] residual, MethodFact fact) {

    static SvdFactors of(LinearSite site, float[] weight, int rank, double scale) {
        TruncatedSvd svd = TruncatedSvd.of(site.weightName(), weight, site.out(), site.in(), rank);
        float[] a = new float[rank * site.in()];
        float[] b = new float[site.out() * rank];
        for (int k = 0; k < rank; k++) {
            double root = Math.sqrt(svd.value(k) / scale);
            for (int j = 0; j < site.in(); j++) {
                a[k * site.in() + j] = (float) (root * svd.v(j, k));
            }
            for (int i = 0; i < site.out(); i++) {
                b[i * rank + k] = (float) (root * svd.u(i, k));
            }
        }
        float[] residual = LowRank.sum(weight, b, LowRank.uniform(rank, -scale), a);
        List<Double> values = IntStream.range(0, rank).mapToObj(svd::value).toList();
        return new SvdFactors(a, b, residual, new MethodFact(site.weightName(), "singular-values", values));
    }
}
