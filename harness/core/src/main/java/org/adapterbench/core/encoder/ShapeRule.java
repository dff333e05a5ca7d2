package org.adapterbench.core.encoder;

import java.util.List;
import org.adapterbench.api.UserError;
import org.adapterbench.api.method.AddedParameter;
import org.adapterbench.core.weights.EncoderConfig;

/**
 * The shapes whose matrix products give the same bits whatever the processor's cache sizes: every dimension
 * that can become the rows of a product is at most 72 or a multiple of 24.
 */
public final class ShapeRule {

    private static final int FREE = 72;
    private static final int STEP = 24;

    private ShapeRule() {}

    /** Whether a dimension obeys the rule. */
    public static boolean allows(long dimension) {
        return dimension <= FREE || dimension % STEP == 0;
    }

    /**
     * Checks everything that a run can feed.
     *
     * @throws UserError when a width of the encoder, the batch size, or an adapter's matrix breaks the rule
     */
    public static void require(EncoderConfig config, int batchSize, List<AddedParameter> added) {
        require("encoder width", config.hidden());
        require("encoder feed-forward width", config.intermediate());
        require("encoder head width", config.hidden() / config.heads());
        if (batchSize % 2 != 0) {
            throw refuse("batch size", batchSize, "an even number");
        }
        for (AddedParameter parameter : added) {
            if (parameter.shape().size() > 1) {
                parameter.shape().forEach(d -> require("dimension of " + parameter.name(), d));
            }
        }
    }

    private static void require(String what, int dimension) {
        if (!allows(dimension)) {
            throw refuse(what, dimension, "at most " + FREE + ", or a multiple of " + STEP);
        }
    }

    private static UserError refuse(String what, int value, String allowed) {
        return new UserError("numerics: portable: " + what + " " + value + " does not give the same bits on every"
                + " processor (allowed: " + allowed + "; or numerics: fast)");
    }
}
