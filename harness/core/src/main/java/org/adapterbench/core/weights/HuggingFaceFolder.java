package org.adapterbench.core.weights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.adapterbench.api.Reason;
import org.adapterbench.api.Sha256;
import org.adapterbench.api.UserError;
import org.adapterbench.core.weights.EncoderConfig.Family;

/**
 * A folder in Hugging Face's layout: {@code config.json}, weights as safetensors (one file or shards), and a
 * tokenizer. Pickled weights are never read: unpickling runs code of whoever made the file.
 */
record HuggingFaceFolder(String name, Path folder) implements EncoderSource {

    static final String CONFIG = "config.json";
    static final String WEIGHTS = "model.safetensors";
    static final String INDEX = "model.safetensors.index.json";
    /** All files that decide what the tokenizer does. */
    static final List<String> TOKENIZER_FILES = List.of(
            "tokenizer.json", "tokenizer_config.json", "vocab.txt", "vocab.json", "merges.txt", "added_tokens.json");

    private static final List<String> MODEL_PREFIXES = List.of("module.", "model.", "bert.", "roberta.");

    /** The folder's own name names the encoder in results. */
    static HuggingFaceFolder at(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        Path last = absolute.getFileName();
        return new HuggingFaceFolder(last == null ? "root" : last.toString(), absolute);
    }

    @Override
    public String fingerprint() {
        StringBuilder fingerprint = new StringBuilder(folder.toString());
        requireFile(CONFIG);
        fingerprint.append(' ').append(Sha256.ofFile(folder.resolve(CONFIG)));
        for (String file : TOKENIZER_FILES) {
            if (has(file)) {
                fingerprint.append(' ').append(file).append(' ').append(Sha256.ofFile(folder.resolve(file)));
            }
        }
        for (Path file : weightFiles()) {
            try {
                fingerprint.append(' ').append(FileSample.of(file));
                fingerprint.append(' ').append(Files.getLastModifiedTime(file).toMillis());
            } catch (IOException e) {
                throw new UserError(file + ": cannot be read: " + Reason.of(e), e);
            }
        }
        return fingerprint.toString();
    }

    private List<Path> weightFiles() {
        if (has(WEIGHTS)) {
            return List.of(folder.resolve(WEIGHTS));
        }
        if (has(INDEX)) {
            try (var files = Files.list(folder)) {
                return files.filter(file -> file.toString().endsWith(".safetensors") || file.endsWith(INDEX))
                        .sorted()
                        .toList();
            } catch (IOException e) {
                throw new UserError(folder + ": cannot be read: " + Reason.of(e), e);
            }
        }
        for (String other :
                List.of("pytorch_model.bin", "pytorch_model.bin.index.json", "tf_model.h5", "flax_model.msgpack")) {
            if (has(other)) {
                throw new UserError(folder + ": holds " + other + " but no " + WEIGHTS
                        + " (only safetensors are read; save_pretrained(..., safe_serialization=True) writes them)");
            }
        }
        throw new UserError(folder + ": holds no " + WEIGHTS + " and no " + INDEX);
    }

    @Override
    public LoadedEncoder load() {
        requireFile(CONFIG);
        EncoderConfig config = HuggingFaceConfig.read(folder.resolve(CONFIG));
        weightFiles();
        SafeTensors source = has(WEIGHTS)
                ? SafeTensors.open(folder.resolve(WEIGHTS))
                : SafeTensors.openSharded(folder.resolve(INDEX));
        CanonicalWeights weights =
                CanonicalWeights.select(folder.toString(), config, source, HuggingFaceFolder::canonicalName);
        requireFamily(config.family(), source);
        ObjectNode settings = tokenizerSettings();
        byte[] tokenizer = tokenizer(config, settings);
        TokenizerAgreement.require(
                folder.toString(), config, StrictJson.object(folder + ": tokenizer", tokenizer), settings);
        return new LoadedEncoder(config, weights, tokenizer);
    }

    /** The reference implementation looks for the prefix of the configuration's model type only. */
    private void requireFamily(Family family, WeightSource source) {
        Family other = family == Family.BERT ? Family.ROBERTA : Family.BERT;
        String prefix = other.name().toLowerCase(Locale.ROOT) + ".";
        for (String name : source.names()) {
            if (name.replaceFirst("^(module\\.|model\\.)+", "").startsWith(prefix)) {
                throw new UserError(folder + ": config.json has model_type "
                        + family.name().toLowerCase(Locale.ROOT) + ", but tensor " + name
                        + " is of another (allowed: the model_type of the weights)");
            }
        }
    }

    /** Without the model's prefix, and with today's names of LayerNorm's parameters. */
    static String canonicalName(String name) {
        String canonical = name;
        for (String prefix : MODEL_PREFIXES) {
            if (canonical.startsWith(prefix)) {
                canonical = canonical.substring(prefix.length());
            }
        }
        if (canonical.endsWith("LayerNorm.gamma")) {
            return canonical.substring(0, canonical.length() - "gamma".length()) + "weight";
        }
        if (canonical.endsWith("LayerNorm.beta")) {
            return canonical.substring(0, canonical.length() - "beta".length()) + "bias";
        }
        return canonical;
    }

    private ObjectNode tokenizerSettings() {
        return has("tokenizer_config.json")
                ? StrictJson.object(folder.resolve("tokenizer_config.json"))
                : JsonNodeFactory.instance.objectNode();
    }

    private byte[] tokenizer(EncoderConfig config, ObjectNode settings) {
        if (has("tokenizer.json")) {
            return withSettings(StrictJson.object(folder.resolve("tokenizer.json")), settings);
        }
        refuseAddedTokens();
        if (config.family() == Family.BERT && has("vocab.txt")) {
            return TokenizerJson.wordPiece(
                    folder.resolve("vocab.txt").toString(),
                    StrictJson.bytes(folder.resolve("vocab.txt")),
                    WordPieceOptions.of(settings));
        }
        if (config.family() == Family.ROBERTA && has("vocab.json") && has("merges.txt")) {
            return TokenizerJson.bytePair(
                    folder.toString(),
                    StrictJson.object(folder.resolve("vocab.json")),
                    StrictJson.bytes(folder.resolve("merges.txt")),
                    BytePairOptions.of(settings));
        }
        throw new UserError(folder + ": holds no tokenizer (needed: tokenizer.json, or "
                + (config.family() == Family.BERT ? "vocab.txt" : "vocab.json and merges.txt") + ")");
    }

    /** Where tokenizer_config.json contradicts tokenizer.json, the reference implementation follows the former. */
    private static byte[] withSettings(ObjectNode tokenizer, ObjectNode settings) {
        if (tokenizer.path("normalizer") instanceof ObjectNode normalizer
                && normalizer.path("type").asText().equals("BertNormalizer")) {
            override(settings, "do_lower_case", normalizer, "lowercase");
            override(settings, "strip_accents", normalizer, "strip_accents");
            override(settings, "tokenize_chinese_chars", normalizer, "handle_chinese_chars");
        }
        if (tokenizer.path("pre_tokenizer") instanceof ObjectNode preTokenizer
                && preTokenizer.path("type").asText().equals("ByteLevel")) {
            override(settings, "add_prefix_space", preTokenizer, "add_prefix_space");
        }
        return StrictJson.bytes(tokenizer);
    }

    private static void override(ObjectNode settings, String key, ObjectNode target, String targetKey) {
        JsonNode value = settings.path(key);
        if (value.isBoolean()) {
            target.set(targetKey, value);
        }
    }

    private void refuseAddedTokens() {
        if (has("added_tokens.json")
                && !StrictJson.object(folder.resolve("added_tokens.json")).isEmpty()) {
            throw new UserError(folder + ": added_tokens.json is only read as part of a tokenizer.json (save the"
                    + " tokenizer again with a current version)");
        }
    }

    /** @throws UserError when something of that name is there and no file, or nobody may look */
    private boolean has(String file) {
        Path path = folder.resolve(file);
        if (Files.isRegularFile(path)) {
            return true;
        }
        if (!Files.isReadable(folder) || !Files.isExecutable(folder)) {
            throw new UserError(folder + ": no permission to read it (allowed: a readable folder)");
        }
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            String what = Files.isDirectory(path)
                    ? "is a folder"
                    : Files.exists(path) ? "is not a regular file" : "is a link to nothing that is there";
            throw new UserError(path + ": " + what + " (allowed: a file)");
        }
        return false;
    }

    private void requireFile(String file) {
        if (!has(file)) {
            throw new UserError(folder + ": holds no " + file + " (not a Hugging Face model folder)");
        }
    }
}
