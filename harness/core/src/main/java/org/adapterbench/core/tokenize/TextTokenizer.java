package org.adapterbench.core.tokenize;

import java.util.List;
import org.adapterbench.api.task.TextInput;

/** Turns texts into tokens; pairs are truncated longest text first. */
public interface TextTokenizer extends AutoCloseable {

    /**
     * @param maxLength tokens an example at the most, special tokens included
     * @return one entry an input, in order
     */
    List<Tokens> encode(List<TextInput> inputs, int maxLength);

    @Override
    void close();
}
