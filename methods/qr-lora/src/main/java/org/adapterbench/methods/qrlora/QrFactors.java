package org.adapterbench.methods.qrlora;

import java.util.Arrays;
import java.util.List;
import org.adapterbench.api.FailureKind;
import org.adapterbench.api.RunFailure;
import org.adapterbench.api.method.LinearSite;
import org.adapterbench.api.method.LowRank;
import org.adapterbench.api.method.MethodFact;

/**
 * The fixed factors of one site, rounded to fp32.
 *
 * @param rank  r, the number of trained scalars
 * @param q     Q_r, out x {@link LowRank#width}, filled up with zeros as the graph computes it
 * @param r     R_r Pᵀ, {@link LowRank#width} x in
 * @param facts rank, the first r pivots and diagonal entries, the energy that they hold, and that of all
 */
record QrFactors(int rank, float[] q, float[] r, List<MethodFact> facts) {

    /**
     * Factors a weight and keeps its leading directions.
     *
     * @param fixedRank how many; 0 to let {@code tau} decide
     */
    static QrFactors of(LinearSite site, float[] weight, int fixedRank, double tau) {
        for (float value : weight) {
            if (!Float.isFinite(value)) {
                throw new RunFailure(FailureKind.DATA, site.weightName() + " holds " + value + ": it has no basis");
            }
        }
        PivotedQr qr = PivotedQr.of(weight, site.out(), site.in());
        double[] diagonal = qr.diagonal();
        int rank = fixedRank > 0 ? fixedRank : EnergyRule.rank(diagonal, tau);
        int width = LowRank.width(rank);
        List<MethodFact> facts = List.of(
                fact(site, "rank", rank),
                fact(
                        site,
                        "pivots",
                        Arrays.stream(qr.pivots(), 0, rank).asDoubleStream().toArray()),
                fact(site, "energy", EnergyRule.energy(diagonal, rank)),
                fact(site, "total-energy", EnergyRule.energy(diagonal, diagonal.length)),
                fact(site, "diagonal", Arrays.copyOf(diagonal, rank)));
        return new QrFactors(rank, qr.leadingQ(rank, width), qr.leadingR(rank, width), facts);
    }

    private static MethodFact fact(LinearSite site, String name, double... values) {
        return new MethodFact(
                site.weightName(), name, Arrays.stream(values).boxed().toList());
    }
}
