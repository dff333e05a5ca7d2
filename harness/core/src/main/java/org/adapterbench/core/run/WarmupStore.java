package org.adapterbench.core.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.adapterbench.api.FailureKind;
import org.adapterbench.api.RunFailure;
import org.adapterbench.api.Sha256;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.core.AtomicFile;
import org.adapterbench.core.Folders;
import org.adapterbench.core.RunStopped;
import org.adapterbench.core.json.CanonicalJson;
import org.adapterbench.core.train.TrainingCheckpoint;
import org.adapterbench.core.weights.SafeTensors;
import org.adapterbench.core.weights.SafeTensorsWriter;
import org.adapterbench.core.weights.WeightSource;

/**
 * Warm-up checkpoints by the content of what made them: encoder, training selection, recipe, seed and
 * numerics. Each is computed once and shared by all methods and experiments.
 */
final class WarmupStore {

    private static final Duration LOCK_POLL = Duration.ofMillis(500);

    private final Path folder;
    private final Duration checkpointInterval;
    private final Runnable waiting;
    private final WarmupChecksums checksums;
    private final Consumer<String> log;

    /**
     * @param checksums          of the worker, which compares each file once
     * @param log                told in one line of a file or a state that was set aside
     * @param checkpointInterval of a warm-up under way
     * @param waiting            told again and again while another process computes the same warm-up
     */
    WarmupStore(
            Path folder,
            WarmupChecksums checksums,
            Duration checkpointInterval,
            Consumer<String> log,
            Runnable waiting) {
        this.folder = folder;
        this.checkpointInterval = checkpointInterval;
        this.waiting = waiting;
        this.checksums = checksums;
        this.log = log;
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

    /**
     * The checkpoint for a spec.
     *
     * @param compute makes it when no run has done so yet, going on from where an earlier process was
     */
    WeightSource get(RunSpec spec, Function<TrainingCheckpoint, WeightSource> compute) {
        String hash = hash(spec);
        Path file = file(folder, hash);
        Path state = folder.resolve(hash + ".checkpoint");
        CheckpointFile checkpoint = new CheckpointFile(state, "warm-up " + hash, checkpointInterval, log);
        if (!usable(file)) {
            computeOnce(file, checkpoint, compute);
        } else if (Files.exists(state)) {
            // Left behind by a process that was killed between the warm-up and the end of its state.
            checkpoint.remove();
        }
        return SafeTensors.open(file);
    }

    /** Whether the folder has a spec's warm-up, undamaged or not. */
    static boolean has(Path folder, RunSpec spec) {
        return Files.exists(file(folder, hash(spec)));
    }

    private static Path file(Path folder, String hash) {
        return folder.resolve(hash + ".safetensors");
    }

    private static String hash(RunSpec spec) {
        Key key = new Key(
                spec.recipeVersion(),
                spec.encoder(),
                spec.task().name(),
                spec.task().train(),
                spec.start().warmup(),
                spec.seed(),
                spec.numerics(),
                spec.threads());
        return Sha256.ofText(CanonicalJson.of(key));
    }

    private boolean usable(Path file) {
        try {
            return Files.exists(file) && checksums.fits(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the warm-up checkpoint " + file, e);
        }
    }

    /** Out of the way of a new one, and there for who wants to know what happened to it. */
    private void setAside(Path file) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        Path aside = Folders.setAside(file);
        log.accept("warm-up " + file + ": its checksum does not fit; set aside as " + aside.getFileName()
                + ", the warm-up is computed again");
    }

    /** Another process may be computing the same checkpoint: wait for it. The lock guards the state under way too. */
    private void computeOnce(Path file, CheckpointFile checkpoint, Function<TrainingCheckpoint, WeightSource> compute) {
        Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
        try {
            Files.createDirectories(folder);
            try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = lock(channel)) {
                if (lock.isValid() && !usable(file)) {
                    setAside(file);
                    WeightSource computed = computed(checkpoint, compute);
                    checksums.keep(file, computed);
                    SafeTensorsWriter.write(file, computed);
                    AtomicFile.forceFolder(folder);
                    checkpoint.remove();
                }
            }
            Files.deleteIfExists(lockFile);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the warm-up checkpoint " + file, e);
        }
    }

    /** A training that went astray would do so again from its state. */
    private static WeightSource computed(
            CheckpointFile checkpoint, Function<TrainingCheckpoint, WeightSource> compute) {
        try {
            return compute.apply(checkpoint);
        } catch (RunFailure e) {
            if (e.kind() == FailureKind.DIVERGED) {
                checkpoint.remove();
            }
            throw e;
        }
    }

    private FileLock lock(FileChannel channel) throws IOException {
        while (true) {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return lock;
            }
            waiting.run();
            RunStopped.pause(LOCK_POLL);
        }
    }
}
