package org.adapterbench.cli.portable;

/**
 * A matrix product as a kernel sees it: rows x inner times inner x columns, {@code batch} times over.
 *
 * @param single whether the kernel is MatMul's, not BatchMatMul's
 * @param transposeLeft  whether the left operand lies in memory as inner x rows
 * @param transposeRight whether the right operand lies in memory as columns x inner
 */
record Product(
        boolean single, long batch, long rows, long inner, long columns, boolean transposeLeft, boolean transposeRight)
        implements Comparable<Product> {

    private static final int FREE = 72;
    private static final int STEP = 24;
    private static final int FEW_OUTPUTS = 5_200;
    private static final int SHALLOW = 400;

    /**
     * Whether its bits are the same whatever the sizes of the caches. The rule is written out here a second time:
     * rows and columns at most 72 or a multiple of 24, and few outputs, for which one thread is used, only with a
     * short inner dimension, which is then not cut.
     */
    boolean obeysTheRule() {
        return fits(rows) && fits(columns) && (inner <= SHALLOW || rows * columns > FEW_OUTPUTS);
    }

    private static boolean fits(long dimension) {
        return dimension > 0 && (dimension <= FREE || dimension % STEP == 0);
    }

    @Override
    public int compareTo(Product other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return (single ? "" : batch + " of ") + rows + " x " + inner + (transposeLeft ? "'" : "") + " x " + columns
                + (transposeRight ? "'" : "");
    }
}
