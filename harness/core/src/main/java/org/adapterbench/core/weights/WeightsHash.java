package org.adapterbench.core.weights;

import java.util.List;
import org.adapterbench.api.Sha256;

/** The identity of a set of tensors, whatever file they came in: SHA-256 over names, shapes and fp32 bits. */
public final class WeightsHash {

    private WeightsHash() {}

    public static String of(WeightSource source) {
        Sha256 sha = new Sha256();
        for (String name : source.names()) {
            List<Integer> shape = source.shape(name);
            sha.add(name).add(shape.size());
            shape.forEach(dimension -> sha.add(dimension.longValue()));
            sha.add(source.values(name));
        }
        return sha.hex();
    }
}
