package org.adapterbench.core.encoder;

import java.util.ArrayList;
import java.util.List;
import org.adapterbench.api.UserError;
import org.adapterbench.api.method.Adapter;
import org.adapterbench.api.method.LowRank;
import org.adapterbench.core.weights.EncoderConfig;

/**
 * The shapes whose matrix products give the same bits whatever the processor's cache sizes: every dimension
 * that can become the rows of a product is at most 72 or a multiple of 24, and a product with few outputs,
 * which runs on one thread, has a short inner dimension.
 */
public final class ShapeRule {

    private static final int FREE = LowRank.ANY_WIDTH_UP_TO;
    private static final int STEP = 24;
    /** Products with at most so many outputs run on one thread. */
    private static final long FEW_OUTPUTS = 5_200;
    /** On one thread, longer inner dimensions are cut by the size of a cache. */
    private static final long SHALLOW = 400;
    /** Batches and texts up to here stay shallow where they are the inner dimension. */
    private static final int LONGEST = 384;
    /** The shortest length that texts are padded to. */
    private static final int SHORTEST = 12;

    private ShapeRule() {}

    /** A weight that an adapter adds. */
    public record Matrix(String name, List<Integer> shape) {}

    private record Product(String what, long rows, long inner, long columns) {
        boolean allowed() {
            return inner <= SHALLOW || rows * columns > FEW_OUTPUTS;
        }
    }

    /** Whether a dimension obeys the rule. */
    public static boolean allows(long dimension) {
        return LowRank.width(Math.toIntExact(dimension)) == dimension;
    }

    /** The smallest length that texts of this many tokens may be padded to: a multiple of 12 to 72, then of 24. */
    public static int paddedLength(int tokens) {
        int step = tokens <= FREE ? SHORTEST : STEP;
        return Math.max(SHORTEST, (tokens + step - 1) / step * step);
    }

    /** The weights that an adapter adds. */
    public static List<Matrix> matrices(Adapter adapter) {
        return adapter.added().stream()
                .filter(parameter -> parameter.shape().size() > 1)
                .map(parameter -> new Matrix(parameter.name(), parameter.shape()))
                .toList();
    }

    /** The narrowest weight that is not computed example by example, to ask for where the data decide the ranks. */
    public static Matrix narrowest(EncoderConfig config) {
        return new Matrix("a factor", List.of(FREE + STEP, Math.max(config.hidden(), config.intermediate())));
    }

    /**
     * Checks everything that a run can feed. Padded lengths and blocks of {@link Products} obey the rule by
     * construction.
     *
     * @param outputs width of the head's output
     * @throws UserError when one of the sizes, or two of them together, break the rule
     */
    public static void require(EncoderConfig config, int batchSize, int maxLength, int outputs, List<Matrix> added) {
        require("encoder width", config.hidden());
        require("encoder feed-forward width", config.intermediate());
        require("encoder head width", config.hidden() / config.heads());
        require("number of classes", outputs);
        if (batchSize % 2 != 0 || !allows(batchSize) || batchSize > LONGEST) {
            throw refuse("batch-size " + batchSize, "an even number to 72, or a multiple of 24 to " + LONGEST);
        }
        if (maxLength > LONGEST) {
            throw refuse("max-length " + maxLength, "at most " + LONGEST);
        }
        for (Matrix matrix : added) {
            matrix.shape().forEach(dimension -> require("dimension of " + matrix.name(), dimension));
        }
        for (Product product : products(config, batchSize, maxLength, outputs, added)) {
            if (!product.allowed()) {
                throw refuse(
                        "with batch-size " + batchSize + " and max-length " + maxLength + " " + product.what() + ", "
                                + product.rows() + " x " + product.columns() + " sums of " + product.inner(),
                        "more than " + FEW_OUTPUTS + " sums, or sums of at most " + SHALLOW);
            }
        }
    }

    /** The products that can have few outputs or a long inner dimension, each with its worst length. */
    private static List<Product> products(
            EncoderConfig config, long batchSize, int maxLength, long outputs, List<Matrix> added) {
        long hidden = config.hidden();
        long wide = Math.max(hidden, config.intermediate());
        long fewest = batchSize * SHORTEST;
        List<Product> products = new ArrayList<>();
        products.add(new Product("a layer's product", fewest, wide, hidden));
        products.add(new Product("a layer's weight gradient", hidden, batchSize * paddedLength(maxLength), hidden));
        products.add(new Product("the attention's product", SHORTEST, hidden / config.heads(), SHORTEST));
        products.add(new Product("the pooler's product", batchSize, hidden, hidden));
        products.add(new Product("the classifier's gradient", batchSize, outputs, Math.min(hidden, LONGEST)));
        for (Matrix matrix : added) {
            long out = matrix.shape().get(0);
            long in = matrix.shape().get(matrix.shape().size() - 1);
            // Narrower ones are computed example by example and in blocks.
            if (Math.min(out, in) > FREE) {
                products.add(new Product("the product with " + matrix.name(), fewest, in, out));
                products.add(new Product("the gradient through " + matrix.name(), fewest, out, in));
            }
        }
        return products;
    }

    private static void require(String what, int dimension) {
        if (!allows(dimension)) {
            throw refuse(what + " " + dimension, "at most " + FREE + ", or a multiple of " + STEP);
        }
    }

    private static UserError refuse(String what, String allowed) {
        return new UserError("numerics: portable: " + what + " does not give the same bits on every processor"
                + " (allowed: " + allowed + "; or numerics: fast)");
    }
}
