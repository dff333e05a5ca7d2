package org.adapterbench.api.method;

import java.util.List;

/**
 * Something that a method found out about its matrices, kept in the run record.
 *
 * @param subject parameter or site name
 * @param name    what was found, for instance {@code rank}, {@code pivots}, {@code energy}
 * @param values  one or many numbers
 */
public record MethodFact(String subject, String name, List<Double> values) {

    public MethodFact {
        values = List.copyOf(values);
    }
}
