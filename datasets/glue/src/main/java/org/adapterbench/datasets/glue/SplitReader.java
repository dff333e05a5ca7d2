package org.adapterbench.datasets.glue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.adapterbench.api.Reason;
import org.adapterbench.api.Sha256;
import org.adapterbench.api.UserError;
import org.adapterbench.api.task.ContentHash;
import org.adapterbench.api.task.LabelledExample;
import org.adapterbench.api.task.LabelledSplit;
import org.adapterbench.api.task.Objective;
import org.adapterbench.api.task.SplitFacts;
import org.adapterbench.api.task.SplitFacts.ContentStatus;
import org.adapterbench.api.task.TextInput;
import org.adapterbench.api.task.UnlabelledSplit;

/**
 * Reads one split in whatever layout it comes. The id of an example is the split's name and its row number from 0,
 * which is the same in every layout; the index columns of the files are not.
 */
final class SplitReader {

    private final GlueTask task;
    private final GlueSplit split;
    private final Manifest manifest;

    SplitReader(GlueTask task, GlueSplit split, Manifest manifest) {
        this.task = task;
        this.split = split;
        this.manifest = manifest;
    }

    /** A labelled split with what identifies its content. */
    record Labelled(LabelledSplit split, SplitFacts facts) {}

    /** An unlabelled split with what identifies its content. */
    record Unlabelled(UnlabelledSplit split, SplitFacts facts) {}

    Labelled labelled(SplitFiles files) {
        List<LabelledExample> examples = new ArrayList<>();
        SortedMap<String, Long> histogram = new TreeMap<>();
        Rows rows = rows(files);
        for (Row row : rows.used()) {
            float target = Objects.requireNonNull(row.target());
            examples.add(new LabelledExample(input(row, examples.size()), target));
            if (task.task().objective() instanceof Objective.Classification classification) {
                histogram.merge(classification.labels().get((int) target), 1L, Long::sum);
            }
        }
        LabelledSplit read = new LabelledSplit(split.name(), examples);
        String sha256 = ContentHash.of(task.task().objective(), read);
        return new Labelled(read, facts(files, rows, histogram, sha256));
    }

    Unlabelled unlabelled(SplitFiles files) {
        List<TextInput> inputs = new ArrayList<>();
        Rows rows = rows(files);
        for (Row row : rows.used()) {
            inputs.add(input(row, inputs.size()));
        }
        UnlabelledSplit read = new UnlabelledSplit(split.name(), inputs);
        return new Unlabelled(read, facts(files, rows, new TreeMap<>(), ContentHash.of(read)));
    }

    private TextInput input(Row row, int number) {
        return new TextInput(split.name() + "-" + number, row.first(), row.second());
    }

    private SplitFacts facts(SplitFiles files, Rows rows, SortedMap<String, Long> labels, String sha256) {
        Manifest.Pinned official = manifest.get(task.task().name(), split.name());
        long used = rows.used().size();
        ContentStatus status = official.status(used, labels, sha256);
        if (status == ContentStatus.UNVERIFIED && isOnHub(files, official)) {
            status = ContentStatus.OFFICIAL;
        }
        return new SplitFacts(split.name(), sha256, used, labels, status, rows.refused());
    }

    /** The bytes of the hub's own file stand in for a content hash that could not be pinned. */
    private static boolean isOnHub(SplitFiles files, Manifest.Pinned official) {
        return files.layout() == Layout.PARQUET
                && files.paths().size() == 1
                && Sha256.ofFile(files.paths().get(0)).equals(official.hubSha256());
    }

    private Rows rows(SplitFiles files) {
        Rows rows = new Rows();
        for (Path path : files.paths()) {
            try {
                read(files.layout(), path, rows);
            } catch (IOException e) {
                throw new UserError(
                        path + ": cannot be read: " + Reason.of(e) + " (allowed: a readable, complete file)", e);
            }
        }
        if (rows.used().isEmpty()) {
            throw new UserError(files.paths().get(0) + ": no examples (allowed: at least 1)");
        }
        return rows;
    }

    private void read(Layout layout, Path path, Rows rows) throws IOException {
        switch (layout) {
            case TSV -> new TsvLayout(task, split).read(path, rows);
            case JSON_LINES -> new JsonLinesLayout(task, split).read(path, rows);
            case PARQUET -> new ParquetLayout(task, split).read(path, rows);
        }
    }
}
