package org.adapterbench.datasets.glue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.adapterbench.api.UserError;
import org.adapterbench.api.task.DataLocation;
import org.adapterbench.api.task.LabelledSplit;
import org.adapterbench.api.task.SplitFacts;
import org.adapterbench.api.task.Task;
import org.adapterbench.api.task.TaskData;
import org.adapterbench.api.task.TaskProvider;
import org.adapterbench.api.task.UnlabelledSplit;

/**
 * The GLUE suite. Its files are looked for in the folder named by {@code GLUE_DIR}, or, when there is none, in the
 * provider's own cache folder, where {@link GlueDownload} puts them.
 */
public final class GlueTasks implements TaskProvider {

    private static final String REMEDY =
            "set GLUE_DIR to a folder with CoLA/train.tsv, MRPC/train.tsv and so on, or run: make glue";

    @Override
    public String suite() {
        return "glue";
    }

    @Override
    public List<Task> tasks() {
        return GlueTable.all().stream().map(GlueTask::task).toList();
    }

    @Override
    public TaskData load(Task task, DataLocation location) {
        Gathered gathered = new Gathered(root(location));
        GlueTask glue = GlueTable.get(task.name());
        // The diagnostic set is trained and scored on MNLI.
        gathered.addLabelled(glue.hasTrain() ? glue : GlueTable.get("glue/mnli"));
        return new TaskData(
                glue.task(),
                gathered.labelled.get(0),
                gathered.labelled.subList(1, gathered.labelled.size()),
                gathered.facts);
    }

    @Override
    public List<UnlabelledSplit> unlabelled(Task task, DataLocation location) {
        return withheld(task, location).stream()
                .map(SplitReader.Unlabelled::split)
                .toList();
    }

    /** The unlabelled splits that are there, with what identifies their content. */
    static List<SplitReader.Unlabelled> withheld(Task task, DataLocation location) {
        Path root = root(location);
        GlueFolder folder = new GlueFolder(root);
        Manifest manifest = Manifest.load();
        GlueTask glue = GlueTable.get(task.name());
        List<SplitReader.Unlabelled> read = new ArrayList<>();
        for (GlueSplit split : glue.splits()) {
            if (!split.labelled()) {
                folder.find(glue, split)
                        .map(new SplitReader(glue, split, manifest)::unlabelled)
                        .ifPresent(read::add);
            }
        }
        return read;
    }

    private static Path root(DataLocation location) {
        Path given = location.glue();
        if (given != null && !Files.isDirectory(given)) {
            throw new UserError("GLUE_DIR: '" + given + "' is no folder (" + REMEDY + ")");
        }
        if (given == null && !Files.isDirectory(location.cache())) {
            throw new UserError("GLUE_DIR is not set and '" + location.cache() + "' does not exist (" + REMEDY + ")");
        }
        return given == null ? location.cache() : given;
    }

    /** The splits read so far. */
    private record Gathered(
            GlueFolder folder, Path root, Manifest manifest, List<LabelledSplit> labelled, List<SplitFacts> facts) {

        Gathered(Path root) {
            this(new GlueFolder(root), root, Manifest.load(), new ArrayList<>(), new ArrayList<>());
        }

        /** Every labelled split; all of them are needed. */
        void addLabelled(GlueTask task) {
            for (GlueSplit split : task.splits()) {
                if (split.labelled()) {
                    SplitFiles files = folder.find(task, split).orElseThrow(() -> missing(task, split));
                    SplitReader.Labelled read = new SplitReader(task, split, manifest).labelled(files);
                    labelled.add(read.split());
                    facts.add(read.facts());
                }
            }
        }

        private UserError missing(GlueTask task, GlueSplit split) {
            return new UserError(root + ": no file for split '" + split.name() + "' of "
                    + task.task().name()
                    + " (allowed: " + task.folder() + "/" + split.name() + ".tsv, .tsv.gz, .jsonl, or "
                    + task.shortName() + "/"
                    + split.fileNames().get(split.fileNames().size() - 1)
                    + "-00000-of-00001.parquet; " + REMEDY + ")");
        }
    }
}
