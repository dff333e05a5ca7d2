package org.adapterbench.core.encoder;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.adapterbench.api.method.ModelParameter;
import org.adapterbench.core.Seeds;
import org.adapterbench.core.weights.EncoderConfig;
import org.adapterbench.core.weights.EncoderConfig.Activation;
import org.adapterbench.core.weights.EncoderConfig.Family;
import org.adapterbench.core.weights.WeightSource;

/** Encoder weights drawn from a seed, for tests that need no trained model. */
public final class RandomWeights implements WeightSource {

    private final TreeMap<String, ModelParameter> parameters = new TreeMap<>();
    private final long seed;

    public RandomWeights(EncoderConfig config, long seed) {
        this.seed = seed;
        new ModelLayout(config, 2)
                .parameters().stream().filter(p -> !p.head()).forEach(p -> parameters.put(p.name(), p));
    }

    /** Two layers, 48 wide. */
    public static EncoderConfig tiny(Family family) {
        return new EncoderConfig(
                family,
                200,
                48,
                2,
                4,
                96,
                66,
                family == Family.BERT ? 2 : 1,
                1e-5,
                Activation.GELU,
                family == Family.BERT ? 0 : 1);
    }

    @Override
    public SortedSet<String> names() {
        return new TreeSet<>(parameters.keySet());
    }

    @Override
    public List<Integer> shape(String name) {
        return parameters.get(name).shape();
    }

    @Override
    public float[] values(String name) {
        ModelParameter parameter = parameters.get(name);
        float[] values =
                Seeds.normal(Math.toIntExact(parameter.size()), 0.2, Seeds.generator(Seeds.derive(seed, name)));
        if (parameter.role() == ModelParameter.Role.NORM && name.endsWith(".weight")) {
            for (int i = 0; i < values.length; i++) {
                values[i] += 1f;
            }
        }
        return values;
    }
}
