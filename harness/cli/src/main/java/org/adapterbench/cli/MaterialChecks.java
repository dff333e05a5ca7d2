package org.adapterbench.cli;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.adapterbench.api.Reason;
import org.adapterbench.api.method.TuningMethod;
import org.adapterbench.api.task.Task;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.plugin.MethodCatalog;
import org.adapterbench.core.plugin.TaskCatalog;
import org.adapterbench.core.weights.CatalogueEntry;
import org.adapterbench.core.weights.EncoderStore;

/** What {@code doctor} finds out about methods, tasks, data, encoders, caches and disk. */
final class MaterialChecks {

    private static final long ENOUGH_DISK = 3_000_000_000L;

    private final Surroundings surroundings;

    MaterialChecks(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        findings.add(installed(
                "methods",
                MethodCatalog.installed().all().stream().map(TuningMethod::name).toList()));
        findings.add(installed(
                "tasks", TaskCatalog.installed().all().stream().map(Task::name).toList()));
        findings.addAll(encoders());
        findings.add(glue());
        findings.add(cache());
        findings.add(disk());
        return findings;
    }

    private static Finding installed(String subject, List<String> names) {
        return names.isEmpty()
                ? Finding.missing(subject, "none on the class path", "`make clean build`")
                : Finding.usable(subject, String.join(", ", names));
    }

    private List<Finding> encoders() {
        List<String> needed = DefaultExperiment.encoders();
        return new EncoderStore(surroundings.cache())
                .catalogue().stream()
                        .map(entry -> encoder(entry, needed.contains(entry.name())))
                        .toList();
    }

    private static Finding encoder(CatalogueEntry entry, boolean needed) {
        String described = entry.name() + " (" + entry.summary() + ")";
        if (entry.usable()) {
            return Finding.usable("encoder", described);
        }
        return needed
                ? Finding.missing("encoder", described + " is not here", entry.remedy())
                : Finding.note("encoder", described + " is not here", entry.remedy());
    }

    private Finding glue() {
        Path named = surroundings.glue(null);
        Path glue = named == null ? surroundings.cache().data().resolve("glue") : named;
        String remedy = "`make glue` downloads it; or set GLUE_DIR to a folder that has it";
        if (!Files.isDirectory(glue)) {
            return Finding.note(
                    "GLUE data",
                    named == null
                            ? "not here, GLUE_DIR is not set; the embedded tasks need none"
                            : "GLUE_DIR names " + glue + ", which is not a folder",
                    remedy);
        }
        try (Stream<Path> folders = Files.list(glue)) {
            String tasks = folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .collect(Collectors.joining(", "));
            return tasks.isEmpty()
                    ? Finding.note("GLUE data", glue + " is empty", remedy)
                    : Finding.usable("GLUE data", glue + ": " + tasks);
        } catch (IOException e) {
            return Finding.note("GLUE data", glue + " cannot be read: " + Reason.of(e), remedy);
        }
    }

    private Finding cache() {
        CacheFolder cache = surroundings.cache();
        Optional<String> problem = CacheAccess.problem(cache);
        if (problem.isPresent()) {
            return Finding.missing("cache", problem.get(), CacheAccess.REMEDY);
        }
        StringBuilder parts = new StringBuilder(cache.root() + ":");
        FolderSize total = FolderSize.NOTHING;
        for (CachePart part : CachePart.values()) {
            FolderSize size = FolderSize.of(part.folder(cache));
            total = total.plus(size);
            if (size.bytes() > 0) {
                parts.append(' ')
                        .append(part.word())
                        .append(' ')
                        .append(Text.bytes(size.bytes()))
                        .append(',');
            }
        }
        Optional<String> unwritable = CacheAccess.unwritable(cache.warmups());
        if (unwritable.isPresent()) {
            String detail = parts + " together " + total.text() + "; " + unwritable.get();
            return FolderSize.of(cache.warmups()).bytes() == 0
                    ? Finding.missing("cache", detail + ", where warm-ups are kept", CacheAccess.REMEDY)
                    : Finding.note("cache", detail + ": only warm-ups that it has can be used", CacheAccess.REMEDY);
        }
        return total.bytes() == 0
                ? Finding.note("cache", cache.root() + " is empty", "`make build` fills it")
                : Finding.usable("cache", parts + " together " + total.text());
    }

    private Finding disk() {
        Path existing = surroundings.cache().root();
        while (!Files.exists(existing)) {
            existing = existing.getParent();
        }
        try {
            FileStore store = Files.getFileStore(existing);
            long free = store.getUsableSpace();
            String detail = Text.bytes(free) + " free at " + existing;
            return free >= ENOUGH_DISK
                    ? Finding.usable("disk", detail)
                    : Finding.note("disk", detail, "free 3 GB, or set ADAPTERBENCH_CACHE to a folder on another disk");
        } catch (IOException e) {
            return Finding.note("disk", "unknown: " + Reason.of(e), null);
        }
    }
}
