package org.adapterbench.core.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.adapterbench.api.FailureKind;
import org.adapterbench.api.Reason;
import org.adapterbench.api.RunFailure;
import org.adapterbench.api.UserError;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.core.Folders;
import org.adapterbench.core.store.RecordFile.Summary;
import org.jspecify.annotations.Nullable;

/**
 * The records of one experiment's output folder. One process writes at a time; any number may read. Safe for
 * use by several threads.
 */
public final class RunStore implements AutoCloseable {

    /** In a run's folder: the folder with the state from which an interrupted run goes on. */
    public static final String CHECKPOINT = "checkpoint";

    private static final String LOCK = ".lock";

    private final Path runs;
    private final Consumer<String> notices;
    private final SortedMap<Path, String> damaged = new TreeMap<>();
    private final @Nullable FileChannel lock;

    private RunStore(Path folder, Consumer<String> notices, @Nullable FileChannel lock) {
        this.runs = folder.resolve("runs");
        this.notices = notices;
        this.lock = lock;
    }

    /**
     * Opens the folder for this process alone, made where absent, and proves that it can be written to.
     *
     * @param folder  {@code out/<experiment>}
     * @param notices told, in one line each, of records that were set aside
     * @throws UserError when the folder cannot be used or another process uses it
     */
    public static RunStore openForWriting(Path folder, Consumer<String> notices) {
        try {
            Path runs = Files.createDirectories(folder.resolve("runs"));
            Files.delete(Files.createTempFile(runs, "probe", ".part"));
            return new RunStore(folder, notices, lock(folder));
        } catch (IOException e) {
            throw new UserError(
                    "output folder " + folder + ": cannot be written: " + reason(e)
                            + " (allowed: a folder that this user may write to, on a disk with space)",
                    e);
        }
    }

    /** Where the folders above are there and a new one still is not found, the system makes none in that place. */
    private static String reason(IOException e) {
        return e instanceof NoSuchFileException refused
                ? "no folder can be made at " + refused.getFile()
                : Reason.of(e);
    }

    /** Opens the folder to read what is there; damaged records are named and left out. */
    public static RunStore openForReading(Path folder, Consumer<String> notices) {
        return new RunStore(folder, notices, null);
    }

    /**
     * Reads a record that lies by itself, whatever its file is called.
     *
     * @throws UserError when it is damaged or cannot be read
     */
    public static RunRecord readAlone(Path file) {
        try {
            return RecordFile.read(file);
        } catch (RecordFile.Damaged e) {
            throw new UserError(file + ": damaged: " + e.getMessage() + " (allowed: a record as a run wrote it)", e);
        } catch (IOException e) {
            throw new UserError(file + ": cannot be read: " + Reason.of(e) + " (allowed: a readable file)", e);
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        FileChannel channel = FileChannel.open(
                folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
        FileLock held;
        try {
            held = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            held = null;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        if (held == null) {
            channel.close();
            throw new UserError("output folder " + folder + ": another command is using it (allowed: one at a time;"
                    + " wait for it, or choose another folder)");
        }
        return channel;
    }

    /** Where the run leaves its files: {@code runs/<run-id>/}. */
    public Path folder(String runId) {
        return runs.resolve(runId);
    }

    /** The record's file, whether it exists or not. */
    public Path file(String runId) {
        return runs.resolve(runId + ".json");
    }

    /**
     * The folder for a run that is about to begin. What a former attempt left is removed, except the state from which
     * the run can go on.
     *
     * @throws RunFailure of kind ENVIRONMENT when the disk refuses it
     */
    @SuppressWarnings("try")
    public Path freshFolder(String runId) {
        Path folder = folder(runId);
        try (RunFolderLock held = RunFolderLock.take(
                folder, () -> notices.accept(folder + ": waiting for a worker that an earlier command left"))) {
            empty(folder, Set.of(CHECKPOINT, RunFolderLock.FILE));
            return folder;
        } catch (IOException e) {
            throw lost(folder, e);
        }
    }

    /** Removes the state of a run that has no use for it any more. */
    public void removeCheckpoint(String runId) {
        Path folder = folder(runId);
        try {
            Folders.remove(folder.resolve(CHECKPOINT));
            Files.deleteIfExists(folder.resolve(RunFolderLock.FILE));
        } catch (IOException e) {
            notices.accept(folder.resolve(CHECKPOINT) + ": cannot be removed: " + Reason.of(e));
        }
    }

    /** Removes the folder of a run that left nothing in it. */
    public void removeEmptyFolder(String runId) {
        try {
            Path folder = folder(runId);
            if (Files.isDirectory(folder)) {
                try (Stream<Path> left = Files.list(folder)) {
                    if (left.allMatch(file -> file.endsWith(RunFolderLock.FILE))) {
                        Files.deleteIfExists(folder.resolve(RunFolderLock.FILE));
                        Files.delete(folder);
                    }
                }
            }
        } catch (IOException stays) {
            // What a run left stays until it begins again.
        }
    }

    private static void empty(Path folder, Set<String> butNot) throws IOException {
        List<Path> all;
        try (Stream<Path> paths = Files.walk(folder)) {
            all = paths.filter(path -> !path.equals(folder)
                            && !butNot.contains(
                                    folder.relativize(path).getName(0).toString()))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }

    /** Whether a run need not be executed again; a failed run must. */
    public boolean finished(String runId) {
        return !finished(List.of(runId)).isEmpty();
    }

    /**
     * Those of the runs that need not be executed again. Each record is compared with its checksum, on all processors,
     * but none is made into an object.
     */
    public synchronized Set<String> finished(Collection<String> runIds) {
        List<Path> files = runIds.stream().map(this::file).toList();
        return read(files, RecordFile::summary, Summary::runId).stream()
                .filter(Summary::finished)
                .map(Summary::runId)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** A run's record; absent when there is none or when it is damaged. */
    public synchronized Optional<RunRecord> record(String runId) {
        return records(List.of(file(runId))).stream().findFirst();
    }

    /** All records, by run id. */
    public synchronized List<RunRecord> records() {
        if (!Files.isDirectory(runs)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(runs)) {
            return records(files.filter(file -> file.getFileName().toString().endsWith(".json"))
                    .sorted()
                    .toList());
        } catch (IOException e) {
            throw new UserError(runs + ": cannot be read: " + Reason.of(e) + " (allowed: a readable folder)", e);
        }
    }

    private List<RunRecord> records(List<Path> files) {
        return read(files, RecordFile::read, RunRecord::runId);
    }

    /**
     * What could not be read up to now and was not made anew: the names of the records' files, each with the reason.
     * Reading the records comes first.
     */
    public synchronized List<String> damaged() {
        return damaged.entrySet().stream()
                .map(entry -> entry.getKey().getFileName() + " (" + entry.getValue() + ")")
                .toList();
    }

    /**
     * Writes a record, whole or not at all; a former one of the same run is replaced.
     *
     * @throws RunFailure of kind ENVIRONMENT when the disk refuses it
     */
    public synchronized void write(RunRecord record) {
        if (lock == null) {
            throw new IllegalStateException("opened for reading");
        }
        Path file = file(record.runId());
        try {
            RecordFile.write(file, record);
            damaged.remove(file);
        } catch (IOException e) {
            throw lost(file, e);
        }
    }

    /** The folder could be written when the command began. */
    private static RunFailure lost(Path place, IOException e) {
        return new RunFailure(
                FailureKind.ENVIRONMENT,
                place + ": cannot be written: " + Reason.of(e) + " (allowed: a writable folder on a disk with space);"
                        + " finished runs are kept, and the same command goes on from here",
                e);
    }

    private interface Reader<T> {
        T read(Path file) throws IOException, RecordFile.Damaged;
    }

    /** What became of one file: a value, a problem, or neither where there is no file. */
    private record Found<T>(
            Path file, @Nullable T value, @Nullable Exception problem) {}

    /** Reads on all processors, then deals with what is damaged, in order. */
    private <T> List<T> read(List<Path> files, Reader<T> reader, Function<T, String> runId) {
        List<Found<T>> all =
                files.parallelStream().map(file -> find(file, reader, runId)).toList();
        List<T> sound = new ArrayList<>();
        for (Found<T> found : all) {
            if (found.value() != null) {
                sound.add(found.value());
            } else if (found.problem() instanceof RecordFile.Damaged damaged) {
                setAside(found.file(), damaged.getMessage());
            } else if (found.problem() instanceof UserError newer) {
                throw newer;
            } else if (found.problem() != null) {
                throw new UserError(
                        found.file() + ": cannot be read: " + Reason.of(found.problem())
                                + " (allowed: a readable file)",
                        found.problem());
            }
        }
        return sound;
    }

    private <T> Found<T> find(Path file, Reader<T> reader, Function<T, String> runId) {
        try {
            if (!Files.exists(file)) {
                return new Found<>(file, null, null);
            }
            T value = reader.read(file);
            if (!file.equals(file(runId.apply(value)))) {
                throw new RecordFile.Damaged("it holds run " + runId.apply(value));
            }
            return new Found<>(file, value, null);
        } catch (RecordFile.Damaged | UserError | IOException e) {
            return new Found<>(file, null, e);
        }
    }

    private void setAside(Path file, String damage) {
        damaged.put(file, damage);
        if (lock == null) {
            notices.accept(file + ": left out, damaged: " + damage);
            return;
        }
        try {
            Path aside = Folders.setAside(file);
            notices.accept(file + ": damaged: " + damage + "; set aside as " + aside.getFileName());
        } catch (IOException e) {
            throw new UserError(file + ": damaged (" + damage + ") and cannot be moved: " + Reason.of(e)
                    + " (allowed: remove the file)");
        }
    }

    /** Lets other commands use the folder again. */
    @Override
    public void close() {
        if (lock != null) {
            try {
                lock.close();
            } catch (IOException e) {
                notices.accept("lock: " + Reason.of(e));
            }
        }
    }
}
