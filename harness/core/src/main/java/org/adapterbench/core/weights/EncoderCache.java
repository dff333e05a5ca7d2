package org.adapterbench.core.weights;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.adapterbench.api.Sha256;
import org.adapterbench.api.UserError;

/**
 * Encoders in this program's own form, one folder each: {@code model.safetensors} (fp32, canonical names),
 * {@code tokenizer.json}, {@code encoder.json}. A folder is built once, under a lock that other processes
 * respect, and appears complete or not at all.
 */
final class EncoderCache {

    static final String WEIGHTS = "model.safetensors";
    static final String TOKENIZER = "tokenizer.json";
    static final String MANIFEST = "encoder.json";
    private static final int KEY_DIGITS = 12;

    private final Path folder;

    EncoderCache(Path folder) {
        this.folder = folder;
    }

    EncoderAssets open(EncoderSource source) {
        String key = new Sha256()
                .add(EncoderManifest.FORMAT)
                .add(source.fingerprint())
                .hex()
                .substring(0, KEY_DIGITS);
        String readable = source.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]+", "-");
        Path cached = folder.resolve(readable + "-" + key);
        if (!Files.exists(cached.resolve(MANIFEST))) {
            buildOnce(source, cached);
        }
        return read(source.name(), cached);
    }

    private void buildOnce(EncoderSource source, Path cached) {
        try {
            Files.createDirectories(folder);
            Path lockFile = folder.resolve(cached.getFileName() + ".lock");
            // The file lock keeps other processes out, the monitor this process's other threads: a second
            // attempt to lock a file within one JVM is an exception, not a wait.
            synchronized (EncoderCache.class) {
                try (FileChannel channel =
                                FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        var lock = channel.lock()) {
                    if (lock.isValid() && !Files.exists(cached.resolve(MANIFEST))) {
                        build(source, cached);
                    }
                }
            }
        } catch (IOException e) {
            throw new UserError("encoder cache " + folder + ": cannot be written: " + e, e);
        }
    }

    private void build(EncoderSource source, Path cached) throws IOException {
        LoadedEncoder loaded = source.load();
        Path partial = Files.createTempDirectory(folder, cached.getFileName() + ".partial-");
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
            Files.move(partial, cached, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            deleteIfThere(partial);
        }
    }

    private static void deleteIfThere(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> inside = Files.walk(folder)) {
                inside.sorted(Comparator.reverseOrder()).forEach(path -> {
                    try {
                        Files.delete(path);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
            }
        }
    }

    private static EncoderAssets read(String name, Path cached) {
        EncoderManifest manifest = StrictJson.read(cached.resolve(MANIFEST), EncoderManifest.class);
        Path weights = cached.resolve(WEIGHTS);
        Path tokenizer = cached.resolve(TOKENIZER);
        if (!Files.exists(weights)
                || !Files.exists(tokenizer)
                || !FileSample.of(weights).equals(manifest.weightsSample())
                || !Sha256.ofFile(tokenizer).equals(manifest.tokenizerSha256())) {
            throw new UserError(
                    cached + ": damaged: its files are not those that encoder.json describes (delete the folder)");
        }
        return new EncoderAssets(
                name,
                manifest.config(),
                SafeTensors.open(weights),
                tokenizer,
                manifest.weightsSha256(),
                manifest.tokenizerSha256(),
                manifest.report());
    }
}
