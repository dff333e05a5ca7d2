package org.adapterbench.core.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.adapterbench.core.weights.WeightSource;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Result;
import org.tensorflow.types.TFloat32;

/**
 * What training has made of a graph's variables, for saving. The tensors lie outside the Java heap, where they may be
 * the variables' own memory: the next step can change them.
 */
public final class GraphState implements WeightSource, AutoCloseable {

    private final SortedMap<String, TFloat32> tensors = new TreeMap<>();
    private final @Nullable Result result;

    /** @param result one tensor a name; null when there are none */
    GraphState(List<String> names, @Nullable Result result) {
        this.result = result;
        for (int i = 0; result != null && i < names.size(); i++) {
            tensors.put(names.get(i), (TFloat32) result.get(i));
        }
    }

    @Override
    public SortedSet<String> names() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(tensors.keySet()));
    }

    @Override
    public List<Integer> shape(String name) {
        List<Integer> dimensions = new ArrayList<>();
        for (long dimension : tensor(name).shape().asArray()) {
            dimensions.add(Math.toIntExact(dimension));
        }
        return List.copyOf(dimensions);
    }

    @Override
    public float[] values(String name) {
        TFloat32 tensor = tensor(name);
        float[] values = new float[Math.toIntExact(tensor.size())];
        tensor.asRawTensor().data().asFloats().read(values);
        return values;
    }

    private TFloat32 tensor(String name) {
        TFloat32 tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("no tensor '" + name + "'");
        }
        return tensor;
    }

    @Override
    public void close() {
        if (result != null) {
            result.close();
        }
    }
}
