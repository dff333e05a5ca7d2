package org.adapterbench.core.weights;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.adapterbench.api.UserError;

/** A source's tensors under their canonical names, exactly those that the encoder consists of. */
final class CanonicalWeights implements WeightSource {

    /** What begins so is computed with, or is one of the constants that {@link #BUFFER} names. */
    private static final List<String> ENCODER = List.of("embeddings.", "encoder.");

    private static final Pattern BUFFER = Pattern.compile("embeddings\\.(position_ids|token_type_ids)");

    private final String where;
    private final WeightSource source;
    private final SortedMap<String, String> sourceNames;
    private final LoadReport report;

    private CanonicalWeights(
            String where, WeightSource source, SortedMap<String, String> sourceNames, LoadReport report) {
        this.where = where;
        this.source = source;
        this.sourceNames = sourceNames;
        this.report = report;
    }

    /**
     * Takes the encoder's tensors out of a source and accounts for all the others.
     *
     * @param where     what messages call the source
     * @param canonical gives a source's name its canonical spelling
     * @throws UserError when a tensor is missing, of the wrong shape or there twice, or when the encoder has one that
     *     the configuration does not ask for
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
                requireOutside(where, config, name, target);
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
        if (!missing.isEmpty() && missing.size() < tensors.optional().size()) {
            throw new UserError(where + ": tensor " + missing.get(0)
                    + " is missing, the others of the pooler are there (allowed: all of them, or none)");
        }
        return new CanonicalWeights(where, source, taken, new LoadReport(List.copyOf(taken.keySet()), unused, missing));
    }

    /** What stands inside the encoder does something there, and the graph would leave it out. */
    private static void requireOutside(String where, EncoderConfig config, String name, String canonical) {
        if (ENCODER.stream().anyMatch(canonical::startsWith)
                && !BUFFER.matcher(canonical).matches()) {
            throw new UserError(where + ": tensor " + name
                    + " stands inside the encoder, where a model of this configuration, "
                    + "layers: " + config.layers() + ", has none of this name (allowed: exactly the tensors of a"
                    + " BERT or RoBERTa encoder of these sizes; merge adapters first)");
        }
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

    /** @throws UserError when a value is no finite number */
    @Override
    public float[] values(String name) {
        float[] values = source.values(sourceName(name));
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new UserError(where + ": tensor " + sourceName(name) + " holds " + values[i] + " at place " + i
                        + " of " + values.length + " (allowed: finite numbers)");
            }
        }
        return values;
    }

    private String sourceName(String name) {
        String sourceName = sourceNames.get(name);
        if (sourceName == null) {
            throw new IllegalArgumentException("no tensor " + name);
        }
        return sourceName;
    }
}
