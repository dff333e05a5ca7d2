package org.adapterbench.core.weights;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.adapterbench.api.UserError;

/** A source's tensors under their canonical names, exactly those that the encoder consists of. */
final class CanonicalWeights implements WeightSource {

    private final WeightSource source;
    private final SortedMap<String, String> sourceNames;
    private final LoadReport report;

    private CanonicalWeights(WeightSource source, SortedMap<String, String> sourceNames, LoadReport report) {
        this.source = source;
        this.sourceNames = sourceNames;
        this.report = report;
    }

    /**
     * Takes the encoder's tensors out of a source and accounts for all the others.
     *
     * @param where     what messages call the source
     * @param canonical gives a source's name its canonical spelling
     * @throws UserError when a tensor is missing, of the wrong shape or there twice
     */
    static CanonicalWeights select(
            String where, EncoderConfig config, WeightSource source, UnaryOperator<String> canonical) {
        EncoderTensors tensors = EncoderTensors.of(config);
        SortedMap<String, List<Integer>> shapes = new TreeMap<>(tensors.required());
        shapes.putAll(tensors.optional());
        SortedMap<String, String> taken = new TreeMap<>();
        List<String> unused = new ArrayList<>();
        for (String name : source.names()) {
            String target = canonical.apply(name);
            List<Integer> shape = shapes.get(target);
            if (shape == null) {
                unused.add(name);
                continue;
            }
            if (!source.shape(name).equals(shape)) {
                throw new UserError(where + ": tensor " + name + " has shape " + source.shape(name)
                        + " (the configuration asks for " + shape + ")");
            }
            String before = taken.put(target, name);
            if (before != null) {
                throw new UserError(where + ": tensors " + before + " and " + name + " are both " + target);
            }
        }
        requireAll(where, tensors.required().keySet(), taken);
        List<String> missing = tensors.optional().keySet().stream()
                .filter(name -> !taken.containsKey(name))
                .toList();
        return new CanonicalWeights(source, taken, new LoadReport(List.copyOf(taken.keySet()), unused, missing));
    }

    private static void requireAll(String where, Iterable<String> required, SortedMap<String, String> taken) {
        List<String> lacking = new ArrayList<>();
        required.forEach(name -> {
            if (!taken.containsKey(name)) {
                lacking.add(name);
            }
        });
        if (!lacking.isEmpty()) {
            throw new UserError(where + ": tensor " + lacking.get(0) + " is missing"
                    + (lacking.size() == 1 ? "" : " and " + (lacking.size() - 1) + " more")
                    + " (the encoder needs all of its tensors)");
        }
    }

    LoadReport report() {
        return report;
    }

    @Override
    public SortedSet<String> names() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(sourceNames.keySet()));
    }

    @Override
    public List<Integer> shape(String name) {
        return source.shape(sourceName(name));
    }

    @Override
    public float[] values(String name) {
        return source.values(sourceName(name));
    }

    private String sourceName(String name) {
        String sourceName = sourceNames.get(name);
        if (sourceName == null) {
            throw new IllegalArgumentException("no tensor " + name);
        }
        return sourceName;
    }
}
