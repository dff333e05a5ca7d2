package org.adapterbench.methods.qrlora;

/** How many basis vectors are kept: the paper's cumulative energy of the squared diagonal of R. */
final class EnergyRule {

    private EnergyRule() {}

    /**
     * The smallest r with sum_{i<=r} R_ii^2 >= tau * sum_i R_ii^2; 0 for a zero matrix, which has no direction.
     *
     * @param diagonal of R, none negative, descending
     * @param tau      above 0, at most 1
     */
    static int rank(double[] diagonal, double tau) {
        double wanted = tau * energy(diagonal, diagonal.length);
        int rank = 0;
        for (double sum = 0; sum < wanted; rank++) {
            sum += diagonal[rank] * diagonal[rank];
        }
        return rank;
    }

    /** The sum of the first {@code rank} squares, in this order, so that the whole is never below a part. */
    static double energy(double[] diagonal, int rank) {
        double sum = 0;
        for (int i = 0; i < rank; i++) {
            sum += diagonal[i] * diagonal[i];
        }
        return sum;
    }
}
