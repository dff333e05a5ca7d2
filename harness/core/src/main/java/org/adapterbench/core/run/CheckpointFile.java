package org.adapterbench.core.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import java.util.zip.Checksum;
import org.adapterbench.api.Reason;
import org.adapterbench.api.Sha256;
import org.adapterbench.core.AtomicFile;
import org.adapterbench.core.Folders;
import org.adapterbench.core.SystemRefusal;
import org.adapterbench.core.json.Json;
import org.adapterbench.core.train.TrainingCheckpoint;
import org.adapterbench.core.train.TrainingProgress;
import org.adapterbench.core.train.TrainingState;
import org.adapterbench.core.weights.SafeTensors;
import org.adapterbench.core.weights.SafeTensorsWriter;
import org.jspecify.annotations.Nullable;

/**
 * The state of a stage of training in a folder of its own: {@code state} holds one line of JSON with the progress and
 * a second with its SHA-256, and names a file of tensors by its checksum. {@code state} is replaced last and in one
 * go, so that whenever the process dies the folder holds one whole state or none.
 */
final class CheckpointFile implements TrainingCheckpoint {

    private static final int FORMAT = 2;
    private static final String STATE = "state";

    private final Path folder;
    private final String purpose;
    private final Duration interval;
    private final Consumer<String> log;
    private long lastWrite = System.nanoTime();
    private Tensors kept = new Tensors("", "");
    private CompletableFuture<Void> settling = CompletableFuture.completedFuture(null);

    /**
     * @param folder   for this state alone
     * @param purpose  names everything that decides the training's bits: a state of another one is foreign
     * @param interval between two writes that are {@link #due}
     * @param log      told in one line of what was set aside or could not be written
     */
    CheckpointFile(Path folder, String purpose, Duration interval, Consumer<String> log) {
        this.folder = folder;
        this.purpose = purpose;
        this.interval = interval;
        this.log = log;
    }

    private record Tensors(String file, String checksum) {}

    private record Content(int format, String purpose, Tensors tensors, TrainingProgress progress) {}

    @Override
    public Optional<TrainingState> read() {
        if (!Files.exists(folder.resolve(STATE))) {
            return Optional.empty();
        }
        try {
            return Optional.of(undisturbed(this::readWhole));
        } catch (Damaged | JsonProcessingException | CharacterCodingException | NoSuchFileException e) {
            return rejected(e);
        } catch (IOException e) {
            // Too many open files, a disk that does not answer: the state may be whole, so it stays for the next try.
            throw new UncheckedIOException("cannot read checkpoint " + folder, e);
        } catch (RuntimeException e) {
            if (e.getCause() instanceof Error) {
                throw e;
            }
            if (SystemRefusal.isIn(e)) {
                throw new UncheckedIOException("cannot read checkpoint " + folder, new IOException(Reason.of(e), e));
            }
            return rejected(e);
        }
    }

    private Optional<TrainingState> rejected(Exception why) {
        reject(Reason.of(why));
        return Optional.empty();
    }

    /** Says what is wrong with a state. */
    private static final class Damaged extends IOException {

        private static final long serialVersionUID = 1;

        Damaged(String message) {
            super(message);
        }
    }

    private TrainingState readWhole() throws IOException {
        String[] lines =
                Files.readString(folder.resolve(STATE), StandardCharsets.UTF_8).split("\n");
        if (lines.length != 2 || !Sha256.ofText(lines[0]).equals(lines[1])) {
            throw new Damaged("its checksum does not fit");
        }
        Content content = Json.read(lines[0], Content.class);
        if (content.format() != FORMAT || !content.purpose().equals(purpose)) {
            throw new Damaged("it is of another run or of another version of this program");
        }
        Path tensors = folder.resolve(content.tensors().file());
        if (!checksum(tensors).equals(content.tensors().checksum())) {
            throw new Damaged("the checksum of " + tensors.getFileName() + " does not fit");
        }
        kept = content.tensors();
        return new TrainingState(content.progress(), SafeTensors.open(tensors));
    }

    private static String checksum(Path file) throws IOException {
        CRC32C checksum = new CRC32C();
        try (InputStream in = new CheckedInputStream(Files.newInputStream(file), checksum)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return text(checksum);
    }

    private static String text(Checksum checksum) {
        return Long.toHexString(checksum.getValue());
    }

    @Override
    public void reject(String why) {
        kept = new Tensors("", "");
        try {
            Path aside = Folders.setAside(folder);
            log.accept("checkpoint " + folder + ": " + why + "; set aside as " + aside.getFileName()
                    + ", the training starts anew");
        } catch (IOException e) {
            log.accept("checkpoint " + folder + ": " + why + "; it cannot be moved: " + Reason.of(e)
                    + ", the training starts anew");
        }
    }

    @Override
    public boolean due() {
        return System.nanoTime() - lastWrite >= interval.toNanos();
    }

    @Override
    public void write(TrainingState state) {
        settle();
        try {
            Written written = undisturbed(() -> writeTensors(state));
            settling = CompletableFuture.runAsync(() -> publish(written, state.progress()));
        } catch (IOException | RuntimeException e) {
            tellNotWritten(e);
        }
        lastWrite = System.nanoTime();
    }

    /** A file of tensors, not yet on the disk; without a stream where the former file still holds them. */
    private record Written(@Nullable FileOutputStream stream, Tensors tensors) {}

    private Written writeTensors(TrainingState state) throws IOException {
        TrainingProgress progress = state.progress();
        String name = progress.steps() + "-" + progress.epochs().size() + ".safetensors";
        if (name.equals(kept.file())) {
            // While an epoch is evaluated only the scores grow.
            return new Written(null, kept);
        }
        Files.createDirectories(folder);
        CRC32C checksum = new CRC32C();
        FileOutputStream out = new FileOutputStream(folder.resolve(name).toFile());
        try {
            SafeTensorsWriter.write(new CheckedOutputStream(out, checksum), state.tensors());
            return new Written(out, new Tensors(name, text(checksum)));
        } catch (IOException | RuntimeException e) {
            out.close();
            discard(name);
            throw e;
        }
    }

    /** The slow part, while the training goes on: onto the disk, then {@code state}, which makes it count. */
    private void publish(Written written, TrainingProgress progress) {
        try {
            FileOutputStream stream = written.stream();
            if (stream != null) {
                try (stream) {
                    stream.getFD().sync();
                }
                AtomicFile.forceFolder(folder);
            }
            String line = Json.line(new Content(FORMAT, purpose, written.tensors(), progress));
            byte[] text = (line + "\n" + Sha256.ofText(line) + "\n").getBytes(StandardCharsets.UTF_8);
            AtomicFile.write(folder.resolve(STATE), text);
            kept = written.tensors();
            removeAllBut(List.of(STATE, kept.file()));
        } catch (IOException e) {
            discard(written.tensors().file());
            throw new UncheckedIOException(e);
        }
    }

    /** On a full disk the run's own files need the room of what could not be kept. */
    private void discard(String name) {
        Path state = folder.resolve(STATE);
        try {
            if (!Files.exists(state)
                    || !Files.readString(state, StandardCharsets.UTF_8).contains('"' + name + '"')) {
                Files.deleteIfExists(folder.resolve(name));
            }
        } catch (IOException e) {
            log.accept("checkpoint " + folder.resolve(name) + ": cannot be removed: " + Reason.of(e));
        }
    }

    @Override
    public void settle() {
        try {
            settling.join();
        } catch (CompletionException e) {
            tellNotWritten(e.getCause());
        }
        settling = CompletableFuture.completedFuture(null);
    }

    private void tellNotWritten(Throwable problem) {
        log.accept("checkpoint " + folder + ": cannot be written: " + Reason.of(problem) + "; the training goes on");
    }

    private void removeAllBut(List<String> names) throws IOException {
        for (Path file : files(folder)) {
            if (!names.contains(file.getFileName().toString())) {
                Files.delete(file);
            }
        }
    }

    /** The training is done and its result safe. */
    void remove() {
        settle();
        try {
            if (Files.exists(folder)) {
                removeAllBut(List.of());
                Files.delete(folder);
            }
        } catch (IOException e) {
            log.accept("checkpoint " + folder + ": cannot be removed: " + Reason.of(e));
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted(Comparator.naturalOrder()).toList();
        }
    }

    /**
     * Does the work on another thread: a stop interrupts this one, and an interrupt breaks a file off. The mark of
     * the interrupt stays for the next check.
     */
    private static <T> T undisturbed(Callable<T> work) throws IOException {
        try {
            return CompletableFuture.supplyAsync(() -> {
                        try {
                            return work.call();
                        } catch (RuntimeException e) {
                            throw e;
                        } catch (Exception e) {
                            throw new CompletionException(e);
                        }
                    })
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
