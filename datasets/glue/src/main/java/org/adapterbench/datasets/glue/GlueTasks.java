package org.adapterbench.datasets.glue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
        Path root = root(location);
        Gathered gathered = new Gathered(new GlueFolder(root), root, Manifest.load());
        GlueTask glue = GlueTable.get(task.name());
        if (!glue.hasTrain()) {
            // The diagnostic set: its models are MNLI's.
            gathered.addLabelled(GlueTable.get("glue/mnli"));
        }
        gathered.addLabelled(glue);
        gathered.addUnlabelled(glue, !glue.hasTrain());
        return new TaskData(
                glue.task(),
                gathered.labelled.get(0),
                gathered.labelled.subList(1, gathered.labelled.size()),
                gathered.unlabelled,
                gathered.facts);
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
            GlueFolder folder,
            Path root,
            Manifest manifest,
            List<LabelledSplit> labelled,
            List<UnlabelledSplit> unlabelled,
            List<SplitFacts> facts) {

        Gathered(GlueFolder folder, Path root, Manifest manifest) {
            this(folder, root, manifest, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
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

        /** The unlabelled splits that are there; nothing that is scored depends on them. */
        void addUnlabelled(GlueTask task, boolean needed) {
            for (GlueSplit split : task.splits()) {
                if (!split.labelled()) {
                    Optional<SplitFiles> files = folder.find(task, split);
                    if (needed && files.isEmpty()) {
                        throw missing(task, split);
                    }
                    files.map(new SplitReader(task, split, manifest)::unlabelled)
                            .ifPresent(read -> {
                                unlabelled.add(read.split());
                                facts.add(read.facts());
                            });
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
