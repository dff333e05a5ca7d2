package org.adapterbench.datasets.glue;

import org.jspecify.annotations.Nullable;

/**
 * One row of a file, checked.
 *
 * @param second null for single sentences
 * @param target null where answers are withheld
 */
record Row(String first, @Nullable String second, @Nullable Float target) {}
