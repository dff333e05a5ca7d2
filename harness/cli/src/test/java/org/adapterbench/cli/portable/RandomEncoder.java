package org.adapterbench.cli.portable;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.adapterbench.api.method.ModelParameter;
import org.adapterbench.core.Seeds;
import org.adapterbench.core.encoder.ModelLayout;
import org.adapterbench.core.weights.EncoderConfig;
import org.adapterbench.core.weights.EncoderConfig.Activation;
import org.adapterbench.core.weights.EncoderConfig.Family;
import org.adapterbench.core.weights.WeightSource;

/** An encoder of any size with weights drawn from a seed, for what depends on shapes alone. */
final class RandomEncoder implements WeightSource {

    private static final double DEVIATION = 0.05;
    private static final int VOCABULARY = 60;

    private final EncoderConfig config;
    private final TreeMap<String, ModelParameter> parameters = new TreeMap<>();

    private RandomEncoder(EncoderConfig config) {
        this.config = config;
        new ModelLayout(config, 1)
                .parameters().stream().filter(p -> !p.head()).forEach(p -> parameters.put(p.name(), p));
    }

    /** The widths of an encoder with few layers and words: all its products, and little else. */
    static RandomEncoder of(Family family, int hidden, int heads, int intermediate, int layers, int maxLength) {
        boolean bert = family == Family.BERT;
        return new RandomEncoder(new EncoderConfig(
                family,
                VOCABULARY,
                hidden,
                layers,
                heads,
                intermediate,
                bert ? maxLength : maxLength + 2,
                bert ? 2 : 1,
                1e-5,
                Activation.GELU,
                bert ? 0 : 1));
    }

    EncoderConfig config() {
        return config;
    }

    @Override
    public SortedSet<String> names() {
        return new TreeSet<>(parameters.keySet());
    }

    @Override
    public List<Integer> shape(String name) {
        return parameter(name).shape();
    }

    @Override
    public float[] values(String name) {
        ModelParameter parameter = parameter(name);
        RandomGenerator random = Seeds.generator(Seeds.derive(1, name));
        float[] values = Seeds.normal(Math.toIntExact(parameter.size()), DEVIATION, random);
        boolean scale = parameter.role() == ModelParameter.Role.NORM && name.endsWith(".weight");
        for (int i = 0; scale && i < values.length; i++) {
            values[i] += 1f;
        }
        return values;
    }

    private ModelParameter parameter(String name) {
        ModelParameter parameter = parameters.get(name);
        if (parameter == null) {
            throw new IllegalArgumentException("no parameter '" + name + "'");
        }
        return parameter;
    }
}
