package org.adapterbench.methods.full;

import java.util.List;
import java.util.OptionalDouble;
import org.adapterbench.api.method.Adapter;
import org.adapterbench.api.method.AdapterContext;
import org.adapterbench.api.method.ModelParameter;
import org.adapterbench.api.method.Setting;
import org.adapterbench.api.method.Settings;
import org.adapterbench.api.method.TuningMethod;

/**
 * Fine-tunes every parameter of the encoder, embeddings, biases and LayerNorms included, and the head.
 *
 * <p>Equation: every theta becomes theta + d theta. Trained: all parameters. Cost: a full backward pass, and
 * two moments of AdamW a parameter. Source: Devlin et al. 2019 (arXiv 1810.04805), section 3.2; the row "FT"
 * of the adapter papers.
 */
public final class FullMethod implements TuningMethod {

    @Override
    public String name() {
        return "full";
    }

    @Override
    public String summary() {
        return "full fine-tuning: every parameter of encoder and head trains (arXiv 1810.04805)";
    }

    @Override
    public List<Setting> settings() {
        return List.of();
    }

    @Override
    public OptionalDouble learningRate(Settings settings) {
        return OptionalDouble.of(1e-4);
    }

    @Override
    public Adapter create(Settings settings, AdapterContext context) {
        return new Adapter() {
            @Override
            public boolean trains(ModelParameter parameter) {
                return true;
            }
        };
    }
}
