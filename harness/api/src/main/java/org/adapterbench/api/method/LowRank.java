package org.adapterbench.api.method;

import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The arithmetic that methods of the form W + U diag(d) D share: U is out x rank, D is rank x in. The
 * shape rule of portable numerics allows a product at most 72 rows, or a multiple of 24: a rank that the data
 * decides is filled up with zeros, which change no value and are no parameters.
 */
public final class LowRank {

    /** The widest factor whose width is free. */
    public static final int ANY_WIDTH_UP_TO = 72;

    private static final int WIDTH_STEP = 24;

    private LowRank() {}

    /** The width that a rank takes in the graph: itself up to 72, then the next multiple of 24. */
    public static int width(int rank) {
        return rank <= ANY_WIDTH_UP_TO ? rank : (rank + WIDTH_STEP - 1) / WIDTH_STEP * WIDTH_STEP;
    }

    /** A vector of {@code rank} entries, filled up with zeros to {@link #width}. */
    public static Operand<TFloat32> widen(GraphScope scope, Operand<TFloat32> vector, int rank) {
        int zeros = width(rank) - rank;
        Ops tf = scope.tf();
        return zeros == 0 ? vector : tf.pad(vector, tf.constant(new int[][] {{0, zeros}}), tf.constant(0f));
    }

    /**
     * output + scale · B (A input), the forward pass of LoRA (arXiv 2106.09685, equation 3) whatever its factors
     * start from.
     *
     * @param input  tokens x in
     * @param output tokens x out, the base map's output
     * @param a      rank x in
     * @param b      out x rank
     */
    public static Operand<TFloat32> add(
            GraphScope scope,
            Operand<TFloat32> input,
            Operand<TFloat32> output,
            Operand<TFloat32> a,
            Operand<TFloat32> b,
            double scale) {
        Operand<TFloat32> product = scope.linear(scope.linear(input, a), b);
        return scope.tf()
                .math
                .add(output, scope.tf().math.mul(product, scope.tf().constant((float) scale)));
    }

    /** A diagonal of equal entries. */
    public static double[] uniform(int rank, double value) {
        double[] diagonal = new double[rank];
        Arrays.fill(diagonal, value);
        return diagonal;
    }

    /**
     * W + U diag(d) D, computed in double and rounded once; the arguments stay as they are.
     *
     * @param weight   W, out x in
     * @param up       U, out x rank
     * @param diagonal d; its length is the rank, which may be 0: the sum is then W
     * @param down     D, rank x in
     */
    public static float[] sum(float[] weight, float[] up, double[] diagonal, float[] down) {
        int rank = diagonal.length;
        if (rank == 0 && up.length == 0 && down.length == 0) {
            return weight.clone();
        }
        if (rank == 0) {
            throw misfit(weight, up, rank, down);
        }
        int out = up.length / rank;
        int in = down.length / rank;
        if (up.length != out * rank || down.length != rank * in || weight.length != out * in) {
            throw misfit(weight, up, rank, down);
        }
        float[] result = new float[weight.length];
        double[] row = new double[in];
        for (int i = 0; i < out; i++) {
            for (int j = 0; j < in; j++) {
                row[j] = weight[i * in + j];
            }
            for (int k = 0; k < rank; k++) {
                double factor = up[i * rank + k] * diagonal[k];
                for (int j = 0; factor != 0 && j < in; j++) {
                    row[j] += factor * down[k * in + j];
                }
            }
            for (int j = 0; j < in; j++) {
                result[i * in + j] = (float) row[j];
            }
        }
        return result;
    }

    private static IllegalArgumentException misfit(float[] weight, float[] up, int rank, float[] down) {
        return new IllegalArgumentException("factors of " + up.length + " and " + down.length
                + " values do not make a matrix of " + weight.length + " at rank " + rank);
    }
}
