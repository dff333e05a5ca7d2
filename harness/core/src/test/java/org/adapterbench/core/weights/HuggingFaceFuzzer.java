package org.adapterbench.core.weights;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adapterbench.api.damage.KindByte;
import org.adapterbench.api.damage.Refusal;

/**
 * Entry of the fuzzer ({@code make fuzz}) for the files beside the weights in a Hugging Face folder. The first byte
 * chooses the file that the rest takes the place of.
 */
public final class HuggingFaceFuzzer {

    static final List<String> FILES = List.of(
            "config.json",
            "vocab.txt",
            "tokenizer_config.json",
            "tokenizer.json",
            "added_tokens.json",
            "merges.txt",
            "vocab.json",
            "model.safetensors.index.json");

    private static final Path BERT = copy("tiny-bert");
    private static final Path ROBERTA = copy("tiny-roberta");

    private HuggingFaceFuzzer() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        read(bytes);
    }

    /** The line of a refusal; empty when the folder could be loaded. */
    static Optional<String> read(byte[] bytes) {
        if (bytes.length == 0) {
            return Optional.empty();
        }
        String file = FILES.get(KindByte.of(bytes, FILES.size()));
        boolean roberta = List.of("merges.txt", "vocab.json").contains(file);
        Path folder = roberta ? ROBERTA : BERT;
        Path spoilt = folder.resolve(file);
        Path weights = folder.resolve("model.safetensors");
        Path hidden = folder.resolve("model-1.safetensors");
        boolean sharded = file.endsWith(".index.json");
        try {
            byte[] sound = Files.exists(spoilt) ? Files.readAllBytes(spoilt) : null;
            if (sharded) {
                Files.move(weights, hidden);
            }
            Files.write(spoilt, KindByte.rest(bytes));
            try {
                return Refusal.of(() -> HuggingFaceFolder.at(folder).load());
            } finally {
                if (sharded) {
                    Files.move(hidden, weights);
                }
                if (sound == null) {
                    Files.delete(spoilt);
                } else {
                    Files.write(spoilt, sound);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path copy(String name) {
        try {
            Path folder = Files.createTempDirectory("spoilt");
            folder.toFile().deleteOnExit();
            TestResources.copy(name, folder);
            try (var files = Files.list(folder)) {
                files.forEach(file -> file.toFile().deleteOnExit());
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sound inputs. */
    public static List<byte[]> seeds() {
        try {
            List<byte[]> seeds = new ArrayList<>();
            seeds.add(seed("config.json", Files.readAllBytes(BERT.resolve("config.json"))));
            seeds.add(seed("vocab.txt", Files.readAllBytes(BERT.resolve("vocab.txt"))));
            seeds.add(seed("merges.txt", Files.readAllBytes(ROBERTA.resolve("merges.txt"))));
            seeds.add(seed("vocab.json", Files.readAllBytes(ROBERTA.resolve("vocab.json"))));
            seeds.add(seed("tokenizer_config.json", "{\"do_lower_case\":true,\"unk_token\":{\"content\":\"[UNK]\"}}"));
            seeds.add(seed("tokenizer.json", "{\"normalizer\":{\"type\":\"BertNormalizer\",\"lowercase\":true}}"));
            seeds.add(seed("added_tokens.json", "{}"));
            seeds.add(seed(
                    "model.safetensors.index.json",
                    "{\"weight_map\":{\"bert.pooler.dense.bias\":\"model-1.safetensors\"}}"));
            return seeds;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] seed(String file, String content) {
        return seed(file, content.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] seed(String file, byte[] content) {
        return KindByte.before(FILES.indexOf(file), content);
    }
}
