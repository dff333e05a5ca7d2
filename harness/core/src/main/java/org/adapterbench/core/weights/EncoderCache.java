package org.adapterbench.core.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.adapterbench.api.Reason;
import org.adapterbench.api.Sha256;
import org.adapterbench.api.UserError;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.core.Folders;

/**
 * Encoders in this program's own form, one folder each: {@code model.safetensors} (fp32, canonical names),
 * {@code tokenizer.json}, {@code encoder.json}. A folder is built once, under a lock that other processes
 * respect, and appears complete or not at all.
 */
final class EncoderCache {

    static final String WEIGHTS = "model.safetensors";
    static final String TOKENIZER = "tokenizer.json";
    static final String MANIFEST = "encoder.json";
    /** One for all encoders, since it stays, also where an encoder was refused. */
    private static final String LOCK = ".lock";

    private static final int KEY_DIGITS = 12;

    private final Path folder;
    private final Consumer<String> log;

    /** @param log told in one line of a damaged folder that was built anew */
    EncoderCache(Path folder, Consumer<String> log) {
        this.folder = folder;
        this.log = log;
    }

    EncoderAssets open(EncoderSource source) {
        Path cached = folderOf(source);
        return undamaged(source.name(), cached).orElseGet(() -> buildOnce(source, cached));
    }

    /** A folder of the cache by its name. */
    EncoderAssets openFolder(String name) {
        Path cached = folder.resolve(name).normalize();
        if (!folder.equals(cached.getParent()) || !Files.exists(cached.resolve(MANIFEST))) {
            throw new UserError(cached + ": no cached encoder (allowed: a folder below " + folder + ")");
        }
        return undamaged(
                        StrictJson.read(cached.resolve(MANIFEST), EncoderManifest.class)
                                .name(),
                        cached)
                .orElseThrow(() -> new UserError(
                        cached + ": damaged: its files are not those that encoder.json describes (delete the folder)"));
    }

    /**
     * The name of the folder that holds exactly this content. Folders of other formats are passed over.
     *
     * @param damaged hears of each folder that cannot be read, and so might be the one
     */
    Optional<String> find(RunSpec.EncoderSpec content, Consumer<String> damaged) {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.filter(cached -> Files.exists(cached.resolve(MANIFEST)))
                    .sorted()
                    .filter(cached -> holds(cached, content, damaged))
                    .map(cached -> cached.getFileName().toString())
                    .findFirst();
        } catch (IOException e) {
            throw new UserError(folder + ": cannot be read: " + Reason.of(e) + " (allowed: a readable folder)", e);
        }
    }

    private static boolean holds(Path cached, RunSpec.EncoderSpec content, Consumer<String> damaged) {
        Path file = cached.resolve(MANIFEST);
        try {
            JsonNode format = StrictJson.object(file).path("format");
            if (format.isInt() && format.intValue() != EncoderManifest.FORMAT) {
                return false;
            }
            EncoderManifest manifest = StrictJson.read(file, EncoderManifest.class);
            return manifest.weightsSha256().equals(content.weightsSha256())
                    && manifest.tokenizerSha256().equals(content.tokenizerSha256())
                    && manifest.config().sha256().equals(content.configSha256());
        } catch (UserError e) {
            damaged.accept(String.valueOf(e.getMessage()));
            return false;
        }
    }

    /** Whether the encoder is there in its cached form, so that its source is not needed. */
    boolean has(EncoderSource source) {
        return Files.exists(folderOf(source).resolve(MANIFEST));
    }

    private Path folderOf(EncoderSource source) {
        String key = new Sha256()
                .add(EncoderManifest.FORMAT)
                .add(source.fingerprint())
                .hex()
                .substring(0, KEY_DIGITS);
        String readable = source.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]+", "-");
        return folder.resolve(readable + "-" + key);
    }

    private EncoderAssets buildOnce(EncoderSource source, Path cached) {
        return FolderLock.holding(folder.resolve(LOCK), () -> {
            Optional<EncoderAssets> builtMeanwhile = undamaged(source.name(), cached);
            if (builtMeanwhile.isPresent()) {
                return builtMeanwhile.get();
            }
            build(source, cached);
            return undamaged(source.name(), cached)
                    .orElseThrow(() -> new IOException(cached + " is not as it was just written"));
        });
    }

    private void build(EncoderSource source, Path cached) throws IOException {
        LoadedEncoder loaded = source.load();
        String partialName = cached.getFileName() + ".partial-";
        Folders.removeAll(folder, partialName);
        // Under the lock any name is free, and one that is no temporary folder's has the permissions of any other
        // folder.
        Path partial = Files.createDirectory(
                folder.resolve(partialName + ProcessHandle.current().pid()));
        try {
            Path weights = partial.resolve(WEIGHTS);
            SafeTensorsWriter.write(weights, loaded.weights());
            byte[] tokenizer = TokenizerJson.withoutPaddingAndTruncation(source.name(), loaded.tokenizerJson());
            Files.write(partial.resolve(TOKENIZER), tokenizer);
            EncoderManifest manifest = new EncoderManifest(
                    EncoderManifest.FORMAT,
                    source.name(),
                    loaded.config(),
                    loaded.weights().report(),
                    WeightsHash.of(SafeTensors.open(weights)),
                    Files.size(weights),
                    FileSample.of(weights),
                    new Sha256().add(tokenizer).hex());
            Files.write(partial.resolve(MANIFEST), StrictJson.bytes(manifest));
            if (Files.exists(cached)) {
                Folders.remove(cached);
                log.accept("encoder " + source.name() + ": " + cached + " was damaged; made again from its source");
            }
            Files.move(partial, cached, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Folders.remove(partial);
        }
    }

    /** The encoder in a folder; nothing where there is none, or its files are not those that its manifest describes. */
    private static Optional<EncoderAssets> undamaged(String name, Path cached) {
        if (!Files.exists(cached.resolve(MANIFEST))) {
            return Optional.empty();
        }
        EncoderManifest manifest;
        try {
            manifest = StrictJson.read(cached.resolve(MANIFEST), EncoderManifest.class);
        } catch (UserError e) {
            if (e.getCause() instanceof JsonProcessingException) {
                return Optional.empty();
            }
            throw e;
        }
        Path weights = cached.resolve(WEIGHTS);
        Path tokenizer = cached.resolve(TOKENIZER);
        if (!Files.exists(weights)
                || !Files.exists(tokenizer)
                || !FileSample.of(weights).equals(manifest.weightsSample())
                || !Sha256.ofFile(tokenizer).equals(manifest.tokenizerSha256())) {
            return Optional.empty();
        }
        return Optional.of(new EncoderAssets(
                name,
                manifest.config(),
                SafeTensors.open(weights),
                tokenizer,
                manifest.weightsSha256(),
                manifest.tokenizerSha256(),
                manifest.report()));
    }
}
