package org.adapterbench.api.method;

import java.util.List;

/**
 * One tensor of the model.
 *
 * @param name  Hugging Face's name without the model prefix
 * @param shape dimensions; a linear weight is out x in
 * @param role  what it is; decides weight decay and learning rate
 * @param layer 0-based encoder layer; {@link #BEFORE_LAYERS} for embeddings, the number of layers for the head
 */
public record ModelParameter(String name, List<Integer> shape, Role role, int layer) {

    /** The {@link #layer()} of embeddings. */
    public static final int BEFORE_LAYERS = -1;

    /** What a parameter is. */
    public enum Role {
        EMBEDDING,
        WEIGHT,
        BIAS,
        NORM,
        /** Weight or bias of the pooler (RoBERTa: of the head's dense layer). */
        POOLER,
        /** Weight or bias of the classifier (RoBERTa: of out_proj). */
        CLASSIFIER
    }

    public ModelParameter {
        shape = List.copyOf(shape);
    }

    /** Number of scalars. */
    public long size() {
        return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    }

    /** Whether this belongs to the task head (pooler included) rather than to the encoder. */
    public boolean head() {
        return role == Role.POOLER || role == Role.CLASSIFIER;
    }

    /** Whether this is a bias, of whatever part, or a LayerNorm scale or shift. */
    public boolean biasOrNorm() {
        return role == Role.BIAS || role == Role.NORM || name.endsWith(".bias");
    }
}
