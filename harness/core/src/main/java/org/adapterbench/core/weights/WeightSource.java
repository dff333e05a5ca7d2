package org.adapterbench.core.weights;

import java.util.List;
import java.util.SortedSet;

/**
 * Tensors by canonical name (Hugging Face's, without the model prefix; linear weights out x in), all fp32.
 * Read lazily; safe for concurrent reads.
 */
public interface WeightSource {

    SortedSet<String> names();

    /** @throws IllegalArgumentException when there is no such tensor */
    List<Integer> shape(String name);

    /** A fresh copy of the values, row-major. */
    float[] values(String name);
}
