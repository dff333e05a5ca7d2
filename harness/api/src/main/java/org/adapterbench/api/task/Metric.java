package org.adapterbench.api.task;

/** A measure of quality on one labelled split. Implementations are stateless. */
public interface Metric {

    /** Stable identifier with averaging and positive class where they matter, for instance {@code f1-positive}. */
    String name();

    /** Whether larger values are better. */
    boolean higherIsBetter();

    /**
     * The metric's value. Where it is undefined (a constant prediction under a correlation, no positive at
     * all under F1) the value is 0, as the GLUE leaderboard has it.
     *
     * @param predicted class numbers, or regression values
     * @param expected  class numbers, or regression values; same length, at least 1
     */
    double compute(float[] predicted, float[] expected);
}
