package org.adapterbench.api.method;

/**
 * A linear map y = W x + b of the encoder.
 *
 * @param layer      0-based encoder layer
 * @param projection which of the layer's maps
 * @param out        rows of W
 * @param in         columns of W
 */
public record LinearSite(int layer, Projection projection, int out, int in) {

    /** Hugging Face's module name, for instance {@code encoder.layer.3.attention.self.query}. */
    public String name() {
        return "encoder.layer." + layer + "." + projection.module();
    }

    public String weightName() {
        return name() + ".weight";
    }

    public String biasName() {
        return name() + ".bias";
    }
}
