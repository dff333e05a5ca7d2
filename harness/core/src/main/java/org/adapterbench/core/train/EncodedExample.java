package org.adapterbench.core.train;

import java.util.ArrayList;
import java.util.List;
import org.adapterbench.api.task.LabelledExample;
import org.adapterbench.core.tokenize.TextTokenizer;
import org.adapterbench.core.tokenize.Tokens;

/** One example as the graph is fed it. */
public record EncodedExample(String id, Tokens tokens, float target) {

    /** The examples in their order, each of {@code maxLength} tokens at the most. */
    public static List<EncodedExample> of(TextTokenizer tokenizer, List<LabelledExample> examples, int maxLength) {
        List<Tokens> tokens =
                tokenizer.encode(examples.stream().map(LabelledExample::input).toList(), maxLength);
        List<EncodedExample> encoded = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            LabelledExample example = examples.get(i);
            encoded.add(new EncodedExample(example.id(), tokens.get(i), example.target()));
        }
        return List.copyOf(encoded);
    }
}
