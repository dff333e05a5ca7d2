package org.adapterbench.methods.qrlora;

import org.ejml.dense.row.decomposition.qr.QRColPivDecompositionHouseholderColumn_DDRM;

/**
 * EJML's pivoted QR, choosing each pivot by column norms that are summed afresh. EJML subtracts what a step
 * has eliminated, which cancels: on nearly dependent columns later pivots are then chosen by rounding errors,
 * and the diagonal of R grows again. Summing afresh takes 0.38 s in place of 0.27 s at 768 x 768
 * and keeps the order.
 */
final class ExactNormQr extends QRColPivDecompositionHouseholderColumn_DDRM {

    @Override
    protected void updateNorms(int step) {
        for (int column = step; column < numCols; column++) {
            double[] entries = dataQR[column];
            double sum = 0;
            for (int row = step; row < numRows; row++) {
                sum += entries[row] * entries[row];
            }
            normsCol[column] = sum;
        }
    }
}
