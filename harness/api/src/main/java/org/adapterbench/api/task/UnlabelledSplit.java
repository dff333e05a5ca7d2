package org.adapterbench.api.task;

import java.util.List;

/** A split whose answers are withheld, so that it cannot be scored; no run uses it. */
public record UnlabelledSplit(String name, List<TextInput> inputs) {

    public UnlabelledSplit {
        inputs = List.copyOf(inputs);
    }
}
