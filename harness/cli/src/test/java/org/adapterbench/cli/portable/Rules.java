package org.adapterbench.cli.portable;

import java.util.List;

/** Products at both sides of each rule, for showing that the sweep sees the difference. */
final class Rules {

    private Rules() {}

    /** Rows a multiple of 24; attention of lengths that obey the rule; few outputs of a short inner dimension. */
    static final List<Product> WITHIN = List.of(
            product(1_920, 384, 384),
            product(2_064, 384, 1_536),
            scores(96),
            context(72),
            context(96),
            product(24, 384, 96));

    /** 32 x 64 rows; attention of 80 and of 128 tokens; few outputs of a long inner dimension. */
    static final List<Product> WITHOUT =
            List.of(product(2_048, 384, 384), context(80), scores(128), product(24, 640, 96));

    private static Product product(long rows, long inner, long columns) {
        return new Product(true, 1, rows, inner, columns, false, true);
    }

    /** Q K' of all heads of all examples of a batch. */
    private static Product scores(long length) {
        return new Product(false, 32L * 12, length, 32, length, false, true);
    }

    /** The scores' product with V. */
    private static Product context(long length) {
        return new Product(false, 32L * 12, length, length, 32, false, false);
    }
}
