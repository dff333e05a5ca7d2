package org.adapterbench.methods.qrlora;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * The QR factorisation with column pivoting of a weight, in double: W P = Q R.
 *
 * <p>W is out x in, P permutes the inputs, Q is out x k with orthonormal columns, R is k x in and upper
 * triangular with R_11 >= R_22 >= ... >= 0, k = min(out, in). The sign rule (no negative entry on R's diagonal)
 * makes the factors of a matrix of full rank unique. Cost: about 4 out in k operations.
 */
final class PivotedQr {

    private final DMatrixRMaj q;
    private final DMatrixRMaj r;
    private final int[] pivots;

    private PivotedQr(DMatrixRMaj q, DMatrixRMaj r, int[] pivots) {
        this.q = q;
        this.r = r;
        this.pivots = pivots;
    }

    /**
     * Factors a weight.
     *
     * @param weight out x in, row-major; left as it is
     */
    static PivotedQr of(float[] weight, int out, int in) {
        DMatrixRMaj w = new DMatrixRMaj(out, in);
        for (int i = 0; i < weight.length; i++) {
            w.data[i] = weight[i];
        }
        ExactNormQr decomposition = new ExactNormQr();
        decomposition.decompose(w);
        DMatrixRMaj q = decomposition.getQ(null, true);
        DMatrixRMaj r = decomposition.getR(null, true);
        int k = Math.min(out, in);
        for (int i = 0; i < k; i++) {
            if (i >= decomposition.getRank()) {
                // EJML stops at the numerical rank and leaves there what it has not eliminated: rounding errors.
                Arrays.fill(r.data, i * in, (i + 1) * in, 0);
            } else if (r.get(i, i) < 0) {
                flipRow(r, i);
                flipColumn(q, i);
            }
        }
        return new PivotedQr(q, r, decomposition.getColPivots().clone());
    }

    private static void flipRow(DMatrixRMaj matrix, int row) {
        for (int j = row; j < matrix.numCols; j++) {
            matrix.set(row, j, -matrix.get(row, j));
        }
    }

    private static void flipColumn(DMatrixRMaj matrix, int column) {
        for (int i = 0; i < matrix.numRows; i++) {
            matrix.set(i, column, -matrix.get(i, column));
        }
    }

    /** k, the smaller side of W. */
    int size() {
        return r.numRows;
    }

    /** The diagonal of R: k numbers, none negative, none larger than the one before. */
    double[] diagonal() {
        double[] diagonal = new double[size()];
        for (int i = 0; i < diagonal.length; i++) {
            diagonal[i] = r.get(i, i);
        }
        return diagonal;
    }

    /** Which input each column of R belongs to: column j of W P is column {@code pivots()[j]} of W. */
    int[] pivots() {
        return pivots.clone();
    }

    /** One entry of Q. */
    double q(int row, int column) {
        return q.get(row, column);
    }

    /** One entry of R, columns in pivot order. */
    double r(int row, int column) {
        return r.get(row, column);
    }

    /**
     * The first columns of Q, out x width, row-major; columns from {@code rank} on are zero.
     *
     * @param width at least {@code rank}
     */
    float[] leadingQ(int rank, int width) {
        float[] values = new float[q.numRows * width];
        for (int i = 0; i < q.numRows; i++) {
            for (int j = 0; j < rank; j++) {
                values[i * width + j] = (float) q.get(i, j);
            }
        }
        return values;
    }

    /**
     * The first rows of R Pᵀ, width x in, row-major, columns back in the order of the inputs; rows from
     * {@code rank} on are zero.
     *
     * @param width at least {@code rank}
     */
    float[] leadingR(int rank, int width) {
        int in = r.numCols;
        float[] values = new float[width * in];
        for (int i = 0; i < rank; i++) {
            for (int j = i; j < in; j++) {
                values[i * in + pivots[j]] = (float) r.get(i, j);
            }
        }
        return values;
    }
}
