package org.adapterbench.api.task;

import java.util.List;

/**
 * A split that can be trained on or scored.
 *
 * @param name     {@code train}, {@code dev}, ...
 * @param examples in the order of the source
 */
public record LabelledSplit(String name, List<LabelledExample> examples) {

    public LabelledSplit {
        examples = List.copyOf(examples);
    }
}
