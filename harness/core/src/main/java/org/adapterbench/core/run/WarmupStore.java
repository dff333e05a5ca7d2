package org.adapterbench.core.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;
import org.adapterbench.api.Sha256;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.core.json.CanonicalJson;
import org.adapterbench.core.weights.SafeTensors;
import org.adapterbench.core.weights.SafeTensorsWriter;
import org.adapterbench.core.weights.WeightSource;

/**
 * Warm-up checkpoints by the content of what made them: encoder, training selection, recipe, seed and
 * numerics. Each is computed once and shared by all methods and experiments.
 */
final class WarmupStore {

    private final Path folder;

    WarmupStore(Path folder) {
        this.folder = folder;
    }

    /** Everything that decides a warm-up's bits. */
    private record Key(
            int recipeVersion,
            RunSpec.EncoderSpec encoder,
            String task,
            RunSpec.SplitSpec train,
            RunSpec.TrainingSpec warmup,
            long seed,
            Numerics numerics,
            int threads) {}

    /** The checkpoint for a spec; {@code compute} makes it when no run has done so yet. */
    WeightSource get(RunSpec spec, Supplier<WeightSource> compute) {
        Key key = new Key(
                spec.recipeVersion(),
                spec.encoder(),
                spec.task().name(),
                spec.task().train(),
                spec.start().warmup(),
                spec.seed(),
                spec.numerics(),
                spec.threads());
        Path file = folder.resolve(Sha256.ofText(CanonicalJson.of(key)) + ".safetensors");
        if (!Files.exists(file)) {
            computeOnce(file, compute);
        }
        return SafeTensors.open(file);
    }

    /** Another process may be computing the same checkpoint: wait for it. */
    private void computeOnce(Path file, Supplier<WeightSource> compute) {
        Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
        try {
            Files.createDirectories(folder);
            try (FileChannel channel =
                            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (lock.isValid() && !Files.exists(file)) {
                    SafeTensorsWriter.write(file, compute.get());
                }
            }
            Files.deleteIfExists(lockFile);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the warm-up checkpoint " + file, e);
        }
    }
}
