package org.adapterbench.core.encoder;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.adapterbench.api.Sha256;
import org.adapterbench.api.method.BaseModel;
import org.adapterbench.api.method.LinearSite;
import org.adapterbench.api.method.ModelParameter;
import org.adapterbench.api.method.ModelShape;
import org.adapterbench.core.Seeds;
import org.adapterbench.core.weights.WeightSource;

/**
 * An encoder with its head as values: what the source holds, and N(0, 0.02²) weights and zero biases drawn
 * from the seed for what it lacks.
 */
public final class Model implements BaseModel {

    private static final double INITIAL_DEVIATION = 0.02;

    private final ModelLayout layout;
    private final List<ModelParameter> parameters;
    private final WeightSource source;
    private final Map<String, float[]> initialised = new TreeMap<>();

    /**
     * @param source   holds at least every encoder parameter
     * @param initSeed for the head parameters that the source lacks; each parameter has its own stream
     */
    public Model(ModelLayout layout, WeightSource source, long initSeed) {
        this.layout = layout;
        this.parameters = layout.parameters();
        this.source = source;
        for (ModelParameter parameter : parameters) {
            if (!source.names().contains(parameter.name())) {
                if (!parameter.head()) {
                    throw new IllegalArgumentException("the weights lack " + parameter.name());
                }
                initialised.put(parameter.name(), initialise(parameter, initSeed));
            } else if (!source.shape(parameter.name()).equals(parameter.shape())) {
                throw new IllegalArgumentException(parameter.name() + " has shape " + source.shape(parameter.name())
                        + " (allowed: " + parameter.shape() + ")");
            }
        }
    }

    private static float[] initialise(ModelParameter parameter, long initSeed) {
        int size = Math.toIntExact(parameter.size());
        if (parameter.biasOrNorm()) {
            return new float[size];
        }
        RandomGenerator random = Seeds.generator(Seeds.derive(initSeed, parameter.name()));
        return Seeds.normal(size, INITIAL_DEVIATION, random);
    }

    public ModelLayout layout() {
        return layout;
    }

    @Override
    public ModelShape shape() {
        return layout.shape();
    }

    @Override
    public List<ModelParameter> parameters() {
        return parameters;
    }

    @Override
    public List<LinearSite> sites() {
        return layout.sites();
    }

    @Override
    public float[] values(String parameterName) {
        float[] own = initialised.get(parameterName);
        return own == null ? source.values(parameterName) : own.clone();
    }

    /** SHA-256 over all names and values, in forward order. */
    public String sha256() {
        Sha256 sha = new Sha256();
        for (ModelParameter parameter : parameters) {
            sha.add(parameter.name()).add(values(parameter.name()));
        }
        return sha.hex();
    }
}
