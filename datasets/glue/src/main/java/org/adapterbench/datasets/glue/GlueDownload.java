package org.adapterbench.datasets.glue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.adapterbench.api.UserError;
import org.adapterbench.api.task.SplitFacts;
import org.adapterbench.api.task.SplitFacts.ContentStatus;
import org.adapterbench.datasets.download.Download;
import org.adapterbench.datasets.download.DownloadListener;
import org.adapterbench.datasets.download.Endpoint;

/**
 * Fetches the GLUE files from the Hugging Face hub, as {@code make glue} does, and checks them against the manifest.
 * A split that the folder already has, in any layout, is only checked; what was cut off is taken up again.
 */
public final class GlueDownload {

    /** The largest file of GLUE has about 53 MB; more is not what was asked for. */
    static final long LARGEST = 256L << 20;

    private static final String HINT = "HF_ENDPOINT names a mirror";
    private static final String DATA_SET = "datasets/nyu-mll/glue/resolve/main/";

    private final Endpoint endpoint;
    private final DownloadListener listener;
    private final List<GlueTask> tasks;
    private final Manifest manifest;

    /**
     * @param endpoint the hub or a mirror of it
     * @param listener hears how each file comes
     */
    public GlueDownload(Endpoint endpoint, DownloadListener listener) {
        this(endpoint, listener, GlueTable.all(), Manifest.load());
    }

    GlueDownload(Endpoint endpoint, DownloadListener listener, List<GlueTask> tasks, Manifest manifest) {
        this.endpoint = endpoint;
        this.listener = listener;
        this.tasks = List.copyOf(tasks);
        this.manifest = manifest;
    }

    /**
     * Fetches what is missing and checks everything.
     *
     * @param folder where the files go, one folder a task; made when it is not there
     * @param lines  gets each file that came and at the end a table of splits, rows and status, line by line
     * @return what was found, by split
     * @throws UserError when a file cannot be fetched, is damaged, or holds other than the official content
     */
    public List<Checked> run(Path folder, Consumer<String> lines) {
        Download download = new Download(endpoint, listener, HINT);
        for (GlueTask task : tasks) {
            for (GlueSplit split : task.splits()) {
                Path target = folder.resolve(fileName(task, split));
                if (!Files.isDirectory(folder)
                        || new GlueFolder(folder).find(task, split).isEmpty()) {
                    fetch(download, endpoint.file(DATA_SET + fileName(task, split)), target);
                    lines.accept(String.format(
                            Locale.ROOT,
                            "%s: %,d bytes",
                            target,
                            target.toFile().length()));
                }
            }
        }
        List<Checked> checked = check(folder);
        table(checked).forEach(lines);
        List<String> faults =
                checked.stream().filter(c -> !c.good()).map(Checked::name).toList();
        if (!faults.isEmpty()) {
            throw new UserError(folder + ": not the official content: " + String.join(", ", faults)
                    + " (delete these files and repeat, or use them knowing that results are not comparable)");
        }
        return checked;
    }

    private static void fetch(Download download, URI address, Path target) {
        if (!download.fetch(address, target, LARGEST)) {
            throw new UserError(address + ": HTTP 404 (allowed: 200; " + HINT + ")");
        }
    }

    /**
     * What a split was found to be.
     *
     * @param task  its task's name
     * @param split its name
     * @param facts its content; absent when the file could not be read
     * @param fault why it could not be read; empty when it could
     */
    public record Checked(String task, String split, Optional<SplitFacts> facts, String fault) {

        boolean good() {
            return facts.isPresent() && facts.get().status() != ContentStatus.OTHER;
        }

        String name() {
            return task + " " + split;
        }
    }

    /** The hub's name for the file of a split. */
    static String fileName(GlueTask task, GlueSplit split) {
        String last = split.fileNames().get(split.fileNames().size() - 1);
        return task.shortName() + "/" + last + "-00000-of-00001.parquet";
    }

    private List<Checked> check(Path folder) {
        GlueFolder files = new GlueFolder(folder);
        List<Checked> checked = new ArrayList<>();
        for (GlueTask task : tasks) {
            for (GlueSplit split : task.splits()) {
                String name = task.task().name();
                try {
                    SplitReader reader = new SplitReader(task, split, manifest);
                    SplitFiles found = files.find(task, split).orElseThrow();
                    SplitFacts facts = split.labelled()
                            ? reader.labelled(found).facts()
                            : reader.unlabelled(found).facts();
                    checked.add(new Checked(name, split.name(), Optional.of(facts), ""));
                } catch (UserError e) {
                    checked.add(new Checked(name, split.name(), Optional.empty(), String.valueOf(e.getMessage())));
                }
            }
        }
        return checked;
    }

    private static List<String> table(List<Checked> checked) {
        List<String> table = new ArrayList<>();
        table.add(String.format(Locale.ROOT, "%-12s %-16s %9s  %s", "task", "split", "rows", "content"));
        for (Checked each : checked) {
            table.add(String.format(
                    Locale.ROOT,
                    "%-12s %-16s %9s  %s",
                    each.task(),
                    each.split(),
                    each.facts().map(facts -> Long.toString(facts.rows())).orElse("-"),
                    each.facts().map(facts -> meaning(facts.status())).orElse("damaged: " + each.fault())));
        }
        return table;
    }

    private static String meaning(ContentStatus status) {
        return switch (status) {
            case OFFICIAL -> "official";
            case UNVERIFIED -> "unverified (the official number of rows)";
            case OTHER -> "other than the official content";
        };
    }
}
