package org.adapterbench.api.method;

/** Values of base and added parameters by name, row-major. */
@FunctionalInterface
public interface ParameterValues {

    /** @throws IllegalArgumentException when there is no such parameter */
    float[] get(String name);
}
