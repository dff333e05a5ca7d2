package org.adapterbench.methods.svdadapter;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.adapterbench.api.FailureKind;
import org.adapterbench.api.RunFailure;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.svd.SvdImplicitQrDecompose_DDRM;

/**
 * The leading singular triplets of a weight, in double: W is close to U_r diag(S_r) V_rᵀ.
 *
 * <p>W is out x in, U_r out x r, V_r in x r, S descending. A triplet is unique up to a common sign of u and v;
 * the entry of u with the largest magnitude (the first of equals) is made positive. Cost: about
 * 20 n^3 operations for a square matrix of side n.
 */
final class TruncatedSvd {

    private final DMatrixRMaj u;
    private final double[] values;
    private final DMatrixRMaj v;
    private final int[] order;
    private final double[] signs;

    private TruncatedSvd(DMatrixRMaj u, double[] values, DMatrixRMaj v, int[] order, double[] signs) {
        this.u = u;
        this.values = values;
        this.v = v;
        this.order = order;
        this.signs = signs;
    }

    /**
     * Factors a weight.
     *
     * @param weight out x in, row-major; left as it is
     * @param where  what the weight is, for the message
     */
    static TruncatedSvd of(String where, float[] weight, int out, int in, int rank) {
        DMatrixRMaj w = new DMatrixRMaj(out, in);
        for (int i = 0; i < weight.length; i++) {
            if (!Float.isFinite(weight[i])) {
                throw new RunFailure(FailureKind.DATA, where + " holds " + weight[i] + ": it has no singular vectors");
            }
            w.data[i] = weight[i];
        }
        SvdImplicitQrDecompose_DDRM svd = new SvdImplicitQrDecompose_DDRM(true, true, true, false);
        if (!svd.decompose(w)) {
            throw new RunFailure(FailureKind.BUG, where + ": the singular value decomposition did not converge");
        }
        DMatrixRMaj u = svd.getU(null, false);
        double[] values = svd.getSingularValues();
        int[] order = IntStream.range(0, Math.min(out, in))
                .boxed()
                .sorted(Comparator.comparingDouble((Integer k) -> -values[k]))
                .mapToInt(Integer::intValue)
                .limit(rank)
                .toArray();
        double[] signs = IntStream.of(order).mapToDouble(k -> sign(u, k)).toArray();
        return new TruncatedSvd(u, values, svd.getV(null, false), order, signs);
    }

    private static double sign(DMatrixRMaj u, int column) {
        double largest = 0;
        for (int i = 0; i < u.numRows; i++) {
            if (Math.abs(u.get(i, column)) > Math.abs(largest)) {
                largest = u.get(i, column);
            }
        }
        return largest < 0 ? -1 : 1;
    }

    /** The k-th largest singular value, counted from 0. */
    double value(int k) {
        return values[order[k]];
    }

    /** Entry i of the k-th left singular vector. */
    double u(int i, int k) {
        return signs[k] * u.get(i, order[k]);
    }

    /** Entry j of the k-th right singular vector. */
    double v(int j, int k) {
        return signs[k] * v.get(j, order[k]);
    }
}
