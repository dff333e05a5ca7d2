package org.adapterbench.datasets.glue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.adapterbench.api.Reason;
import org.adapterbench.api.UserError;

/**
 * Finds the files of splits below one folder, whichever spelling and layout they come in. A split that is there
 * twice is refused: which of the two was used would be a guess.
 */
final class GlueFolder {

    private final Path root;

    GlueFolder(Path root) {
        this.root = root;
    }

    /** The files of a split, or nothing when there are none. */
    Optional<SplitFiles> find(GlueTask task, GlueSplit split) {
        Map<String, SplitFiles> found = new TreeMap<>();
        for (Path folder : taskFolders(task)) {
            for (Layout layout : Layout.values()) {
                find(folder, layout, split, found);
            }
        }
        if (found.size() > 1) {
            throw new UserError(
                    root + ": split '" + split.name() + "' of " + task.task().name() + " is there " + found.size()
                            + " times: " + String.join(", ", found.keySet()) + " (allowed: once)");
        }
        return found.values().stream().findFirst();
    }

    /** The folders of a task, by its name with any case and hyphens. */
    private List<Path> taskFolders(GlueTask task) {
        List<String> names = task.shortName().equals("ax") ? List.of("ax", "diagnostic") : List.of(task.shortName());
        return entries(root).stream()
                .filter(Files::isDirectory)
                .filter(path -> names.contains(simplified(path)))
                .toList();
    }

    private void find(Path folder, Layout layout, GlueSplit split, Map<String, SplitFiles> found) {
        Map<String, Path> shards = new TreeMap<>();
        for (Path path : entries(folder)) {
            String name = fileName(path);
            Matcher matcher = layout.matcher(split.fileNames(), name);
            if (!matcher.matches()) {
                continue;
            }
            if (layout == Layout.PARQUET && matcher.group(1) != null) {
                shards.put(name, path);
            } else {
                found.put(root.relativize(path).toString(), new SplitFiles(layout, List.of(path)));
            }
        }
        if (!shards.isEmpty()) {
            checkShards(folder, layout, split, shards);
            String names = folder.getFileName() + "/" + String.join(" + ", shards.keySet());
            found.put(names, new SplitFiles(layout, new ArrayList<>(shards.values())));
        }
    }

    /** Every shard from 0 to the count that all of them state. */
    private static void checkShards(Path folder, Layout layout, GlueSplit split, Map<String, Path> shards) {
        int expected = 0;
        for (String name : shards.keySet()) {
            Matcher matcher = layout.matcher(split.fileNames(), name);
            if (!matcher.matches()
                    || Integer.parseInt(matcher.group(1)) != expected
                    || Integer.parseInt(matcher.group(2)) != shards.size()) {
                throw new UserError(folder + ": " + shards.size() + " shards of split '" + split.name() + "': "
                        + String.join(", ", shards.keySet()) + " (allowed: all that the names count, each once)");
            }
            expected++;
        }
    }

    private List<Path> entries(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException e) {
            throw new UserError(folder + ": cannot be listed: " + Reason.of(e) + " (allowed: a readable folder)", e);
        }
    }

    private static String simplified(Path path) {
        return fileName(path).toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    private static String fileName(Path path) {
        return String.valueOf(path.getFileName());
    }
}
