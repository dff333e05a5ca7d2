package org.adapterbench.api.method;

import java.util.List;
import java.util.OptionalDouble;

/**
 * A way of fine-tuning, found by {@link java.util.ServiceLoader}. Implementations are stateless and have a
 * public constructor without arguments.
 */
public interface TuningMethod {

    /** Short name, {@code [a-z][a-z0-9-]*}; written into every record, unique among the installed methods. */
    String name();

    /** One line for {@code list methods}, with the source (paper, equation). */
    String summary();

    /** Every setting with its default and allowed values; an experiment may set these and no others. */
    List<Setting> settings();

    /** Groups of settings of which an experiment may give one only, since it takes the place of the others. */
    default List<List<String>> alternatives() {
        return List.of();
    }

    /**
     * The peak learning rate to start from where an experiment gives none; it may depend on the settings. Without one of
     * its own a method has that of full fine-tuning. It is written into every spec, so a change of it changes run ids.
     */
    default OptionalDouble learningRate(Settings settings) {
        return OptionalDouble.empty();
    }

    /**
     * Prepares the adapter for one run. All randomness comes from {@link AdapterContext#seed()}. Is also asked with a
     * model of which only names and shapes are known: {@link BaseModel#values} may be called here only where the
     * settings let the weights decide a shape, such as the rank by a share of energy. What such an adapter adds is
     * then unknown to {@code plan}, and to the check of portable shapes before a run.
     *
     * @throws org.adapterbench.api.UserError when the settings do not fit the model, for instance a rank
     *     above the smaller side of a matrix
     */
    Adapter create(Settings settings, AdapterContext context);
}
