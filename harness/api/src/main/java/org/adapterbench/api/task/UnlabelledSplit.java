package org.adapterbench.api.task;

import java.util.List;

/** A split whose answers are withheld; predictions can be made for it, scores cannot. */
public record UnlabelledSplit(String name, List<TextInput> inputs) {

    public UnlabelledSplit {
        inputs = List.copyOf(inputs);
    }
}
