package org.adapterbench.core.tokenize;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.adapterbench.api.task.TextInput;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.weights.EncoderStore;

/** Loads the tokenizer library in a process of its own and prints token ids: {@code CACHE ENCODER}. */
final class TokenizeMain {

    private TokenizeMain() {}

    public static void main(String[] arguments) {
        EncoderStore store = new EncoderStore(new CacheFolder(Path.of(arguments[0])));
        try (TextTokenizer tokenizer = HuggingFaceTextTokenizer.open(store.open(arguments[1]))) {
            System.out.print(Arrays.toString(tokenizer
                    .encode(List.of(new TextInput("1", "a lamp", null)), 8)
                    .get(0)
                    .ids()));
        }
    }
}
