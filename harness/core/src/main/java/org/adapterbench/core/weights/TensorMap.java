package org.adapterbench.core.weights;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Tensors in memory, to be saved. */
public final class TensorMap implements WeightSource {

    private record Tensor(List<Integer> shape, float[] values) {}

    private final TreeMap<String, Tensor> tensors = new TreeMap<>();

    /** Adds a tensor; the values are not copied. */
    public void put(String name, List<Integer> shape, float[] values) {
        tensors.put(name, new Tensor(List.copyOf(shape), values));
    }

    @Override
    public SortedSet<String> names() {
        return new TreeSet<>(tensors.keySet());
    }

    @Override
    public List<Integer> shape(String name) {
        return get(name).shape();
    }

    @Override
    public float[] values(String name) {
        return get(name).values();
    }

    private Tensor get(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("no tensor '" + name + "'");
        }
        return tensor;
    }
}
