package org.adapterbench.api.method;

import java.util.List;

/** Read access to a model's parameters: names, shapes and values. */
public interface BaseModel {

    ModelShape shape();

    /** All parameters, encoder first, then head, in forward order. */
    List<ModelParameter> parameters();

    /** All linear maps of the encoder layers, in forward order. */
    List<LinearSite> sites();

    /**
     * A copy of the values in row-major order.
     *
     * @throws IllegalArgumentException when there is no such parameter
     */
    float[] values(String parameterName);
}
