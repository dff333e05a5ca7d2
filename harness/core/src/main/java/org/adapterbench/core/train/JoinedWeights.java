package org.adapterbench.core.train;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.adapterbench.core.weights.WeightSource;

/** The tensors of two sources that share no name. */
record JoinedWeights(WeightSource first, WeightSource second) implements WeightSource {

    @Override
    public SortedSet<String> names() {
        SortedSet<String> all = new TreeSet<>(first.names());
        all.addAll(second.names());
        return all;
    }

    @Override
    public List<Integer> shape(String name) {
        return of(name).shape(name);
    }

    @Override
    public float[] values(String name) {
        return of(name).values(name);
    }

    private WeightSource of(String name) {
        return first.names().contains(name) ? first : second;
    }
}
