package org.adapterbench.core.encoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.adapterbench.api.method.LinearSite;
import org.adapterbench.api.method.ModelParameter;
import org.adapterbench.api.method.ModelParameter.Role;
import org.adapterbench.api.method.ModelShape;
import org.adapterbench.api.method.Projection;
import org.adapterbench.core.weights.EncoderConfig;
import org.adapterbench.core.weights.EncoderConfig.Family;

/**
 * Every parameter and linear map of an encoder with its head, in forward order.
 *
 * @param config  the encoder
 * @param outputs width of the head's output
 */
public record ModelLayout(EncoderConfig config, int outputs) {

    /** Name of the head's first dense layer: the pooler, in RoBERTa the classifier's own. */
    public String poolerModule() {
        return config.family() == Family.ROBERTA ? "classifier.dense" : "pooler.dense";
    }

    /** Name of the head's last layer. */
    public String classifierModule() {
        return config.family() == Family.ROBERTA ? "classifier.out_proj" : "classifier";
    }

    public ModelShape shape() {
        return new ModelShape(config.layers(), config.hidden(), config.intermediate(), config.heads());
    }

    /** All parameters, encoder first. */
    public List<ModelParameter> parameters() {
        List<ModelParameter> all = new ArrayList<>();
        int before = ModelParameter.BEFORE_LAYERS;
        int hidden = config.hidden();
        add(all, "embeddings.word_embeddings.weight", Role.EMBEDDING, before, config.vocabulary(), hidden);
        add(all, "embeddings.position_embeddings.weight", Role.EMBEDDING, before, config.maxPositions(), hidden);
        add(all, "embeddings.token_type_embeddings.weight", Role.EMBEDDING, before, config.tokenTypes(), hidden);
        norm(all, "embeddings.LayerNorm", before);
        for (int layer = 0; layer < config.layers(); layer++) {
            for (Projection projection : Projection.values()) {
                LinearSite site = site(layer, projection);
                add(all, site.weightName(), Role.WEIGHT, layer, site.out(), site.in());
                add(all, site.biasName(), Role.BIAS, layer, site.out());
                if (projection == Projection.ATTENTION_OUTPUT) {
                    norm(all, "encoder.layer." + layer + ".attention.output.LayerNorm", layer);
                } else if (projection == Projection.OUTPUT) {
                    norm(all, "encoder.layer." + layer + ".output.LayerNorm", layer);
                }
            }
        }
        add(all, poolerModule() + ".weight", Role.POOLER, config.layers(), hidden, hidden);
        add(all, poolerModule() + ".bias", Role.POOLER, config.layers(), hidden);
        add(all, classifierModule() + ".weight", Role.CLASSIFIER, config.layers(), outputs, hidden);
        add(all, classifierModule() + ".bias", Role.CLASSIFIER, config.layers(), outputs);
        return List.copyOf(all);
    }

    /** All linear maps of the layers. */
    public List<LinearSite> sites() {
        List<LinearSite> all = new ArrayList<>();
        for (int layer = 0; layer < config.layers(); layer++) {
            for (Projection projection : Projection.values()) {
                all.add(site(layer, projection));
            }
        }
        return List.copyOf(all);
    }

    /** One linear map. */
    public LinearSite site(int layer, Projection projection) {
        int out = projection == Projection.INTERMEDIATE ? config.intermediate() : config.hidden();
        int in = projection == Projection.OUTPUT ? config.intermediate() : config.hidden();
        return new LinearSite(layer, projection, out, in);
    }

    private void norm(List<ModelParameter> all, String module, int layer) {
        add(all, module + ".weight", Role.NORM, layer, config.hidden());
        add(all, module + ".bias", Role.NORM, layer, config.hidden());
    }

    private static void add(List<ModelParameter> all, String name, Role role, int layer, Integer... shape) {
        all.add(new ModelParameter(name, Arrays.asList(shape), role, layer));
    }
}
