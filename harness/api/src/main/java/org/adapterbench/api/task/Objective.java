package org.adapterbench.api.task;

import java.util.List;

/** What the model predicts, and so which loss trains it. */
public sealed interface Objective {

    /** Width of the head's output. */
    int outputs();

    /**
     * One of several classes; softmax cross-entropy.
     *
     * @param labels label names; the index in this list is the class number
     */
    record Classification(List<String> labels) implements Objective {
        public Classification {
            labels = List.copyOf(labels);
            if (labels.size() < 2 || labels.stream().distinct().count() != labels.size()) {
                throw new IllegalArgumentException("labels " + labels + " (allowed: at least two different names)");
            }
        }

        @Override
        public int outputs() {
            return labels.size();
        }
    }

    /**
     * A real number; mean squared error.
     *
     * @param least lower end of the scale
     * @param most  upper end of the scale
     */
    record Regression(double least, double most) implements Objective {
        @Override
        public int outputs() {
            return 1;
        }
    }
}
