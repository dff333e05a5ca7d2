package org.adapterbench.core.weights;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Weights made up in memory. */
public final class MapWeights implements WeightSource {

    private record Tensor(List<Integer> shape, float[] values) {}

    private final SortedMap<String, Tensor> tensors = new TreeMap<>();

    public MapWeights put(String name, List<Integer> shape, float... values) {
        tensors.put(name, new Tensor(shape, values.clone()));
        return this;
    }

    /** Random values for every tensor of the shapes. */
    public static MapWeights random(Map<String, List<Integer>> shapes, long seed) {
        Random random = new Random(seed);
        MapWeights weights = new MapWeights();
        shapes.forEach((name, shape) -> {
            float[] values = new float[shape.stream().reduce(1, Math::multiplyExact)];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian();
            }
            weights.put(name, shape, values);
        });
        return weights;
    }

    public MapWeights rename(String from, String to) {
        tensors.put(to, tensors.remove(from));
        return this;
    }

    public MapWeights remove(String name) {
        tensors.remove(name);
        return this;
    }

    @Override
    public SortedSet<String> names() {
        return new TreeSet<>(tensors.keySet());
    }

    @Override
    public List<Integer> shape(String name) {
        return tensors.get(name).shape();
    }

    @Override
    public float[] values(String name) {
        return tensors.get(name).values().clone();
    }
}
