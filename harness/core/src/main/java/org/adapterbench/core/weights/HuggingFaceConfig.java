package org.adapterbench.core.weights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.adapterbench.api.UserError;
import org.adapterbench.core.weights.EncoderConfig.Activation;
import org.adapterbench.core.weights.EncoderConfig.Family;

/** Reads {@code config.json}, and refuses every setting under which the graph would compute something else. */
final class HuggingFaceConfig {

    private static final int MOST = 1 << 24;
    /** The largest encoders of these families have 48; each layer's tensors are listed before any is looked for. */
    private static final int MOST_LAYERS = 512;

    private static final int FEWEST_POSITIONS = 8;

    private final Path file;
    private final ObjectNode json;

    private HuggingFaceConfig(Path file) {
        this.file = file;
        this.json = StrictJson.object(file);
    }

    static EncoderConfig read(Path file) {
        return new HuggingFaceConfig(file).encoderConfig();
    }

    private EncoderConfig encoderConfig() {
        Family family = switch (json.path("model_type").asText("missing")) {
            case "bert" -> Family.BERT;
            case "roberta" -> Family.ROBERTA;
            default -> throw refuse("model_type", "bert, roberta");
        };
        refuseUnless(
                "position_embedding_type", json.path("position_embedding_type").asText("absolute"), "absolute");
        refuseUnless("is_decoder", json.path("is_decoder").asText("false"), "false");
        refuseUnless("add_cross_attention", json.path("add_cross_attention").asText("false"), "false");
        if (!json.path("pruned_heads").isEmpty()) {
            throw refuse("pruned_heads", "none");
        }
        if (json.path("quantization_config").isObject()) {
            throw refuse("quantization_config", "none");
        }
        int hidden = positive("hidden_size");
        int heads = positive("num_attention_heads");
        if (hidden % heads != 0) {
            throw refuse("num_attention_heads", "a divisor of hidden_size " + hidden);
        }
        int vocabulary = positive("vocab_size");
        EncoderConfig config = new EncoderConfig(
                family,
                vocabulary,
                hidden,
                positive("num_hidden_layers", MOST_LAYERS),
                heads,
                positive("intermediate_size"),
                positive("max_position_embeddings"),
                positive("type_vocab_size"),
                epsilon(),
                activation(),
                padToken(family, vocabulary));
        if (config.maxLength() < FEWEST_POSITIONS) {
            throw refuse("max_position_embeddings", "at least " + (config.firstPosition() + FEWEST_POSITIONS));
        }
        return config;
    }

    private Activation activation() {
        return switch (json.path("hidden_act").asText("missing")) {
            case "gelu" -> Activation.GELU;
            case "gelu_new", "gelu_pytorch_tanh" -> Activation.GELU_TANH;
            case "relu" -> Activation.RELU;
            default -> throw refuse("hidden_act", "gelu, gelu_new, gelu_pytorch_tanh, relu");
        };
    }

    /** Older files lack the key; the reference implementation then takes 1e-12 for both families. */
    private double epsilon() {
        JsonNode value = json.path("layer_norm_eps");
        if (value.isMissingNode()) {
            return 1e-12;
        }
        if (!value.isNumber() || !(value.doubleValue() > 0) || value.doubleValue() > 1) {
            throw refuse("layer_norm_eps", "above 0, at most 1");
        }
        return value.doubleValue();
    }

    private int padToken(Family family, int vocabulary) {
        JsonNode value = json.path("pad_token_id");
        if (value.isMissingNode()) {
            return family == Family.ROBERTA ? 1 : 0;
        }
        if (!value.isInt() || value.intValue() < 0 || value.intValue() >= vocabulary) {
            throw refuse("pad_token_id", "0 to " + (vocabulary - 1));
        }
        return value.intValue();
    }

    private int positive(String key) {
        return positive(key, MOST);
    }

    private int positive(String key, int most) {
        JsonNode value = json.path(key);
        if (!value.isInt() || value.intValue() < 1 || value.intValue() > most) {
            throw refuse(key, "a whole number from 1 to " + most);
        }
        return value.intValue();
    }

    private void refuseUnless(String key, String value, String allowed) {
        if (!value.equals(allowed)) {
            throw refuse(key, allowed);
        }
    }

    private UserError refuse(String key, String allowed) {
        JsonNode value = json.path(key);
        return new UserError(file + ": " + key + " is " + (value.isMissingNode() ? "missing" : value) + " (allowed: "
                + allowed + ")");
    }
}
