package org.adapterbench.core.tokenize;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.adapterbench.api.damage.Refusal;
import org.adapterbench.api.damage.SpoiltFile;

/** Entry of the fuzzer ({@code make fuzz}) for the check of {@code tokenizer.json} against the vocabulary. */
public final class TokenizerFuzzer {

    static final int VOCABULARY = 40;

    private static final SpoiltFile FILE = new SpoiltFile("tokenizer.json");

    private TokenizerFuzzer() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        read(bytes);
    }

    /** The line of a refusal; empty when the tokenizer fits. */
    static Optional<String> read(byte[] bytes) {
        Path file = FILE.holding(bytes);
        return Refusal.of(() -> {
            VocabularyCheck.requireFit("tokenizer.json", file, VOCABULARY);
            return file;
        });
    }

    /** Sound inputs. */
    public static List<byte[]> seeds() {
        return List.of("""
                {"version": "1.0", "truncation": null, "padding": null,
                 "added_tokens": [{"id": 1, "content": "[UNK]", "special": true}],
                 "normalizer": {"type": "BertNormalizer", "lowercase": true},
                 "pre_tokenizer": {"type": "BertPreTokenizer"},
                 "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 3], "cls": ["[CLS]", 2]},
                 "model": {"type": "WordPiece", "unk_token": "[UNK]", "vocab": {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2,
                  "[SEP]": 3, "a": 4}}}
                """.getBytes(StandardCharsets.UTF_8));
    }
}
