package org.adapterbench.datasets.glue;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.adapterbench.api.task.SplitFacts;
import org.adapterbench.datasets.glue.Manifest.Pinned;

/**
 * Prints the manifest with the labels and hashes of the splits below the folder given as argument. A split whose row
 * count differs from the pinned one is partial and stays as it was.
 */
final class ManifestFigures {

    private ManifestFigures() {}

    public static void main(String[] arguments) throws IOException {
        Manifest old = Manifest.load();
        GlueFolder folder = new GlueFolder(Path.of(arguments[0]));
        SortedMap<String, SortedMap<String, Pinned>> splits = new TreeMap<>();
        for (GlueTask task : GlueTable.all()) {
            SortedMap<String, Pinned> ofTask = new TreeMap<>();
            for (GlueSplit split : task.splits()) {
                Pinned pinned = old.get(task.task().name(), split.name());
                ofTask.put(
                        split.name(),
                        folder.find(task, split)
                                .map(files -> facts(task, split, files, old))
                                .filter(facts -> facts.rows() == pinned.rows())
                                .map(facts -> new Pinned(
                                        facts.rows(), facts.labels(), facts.contentSha256(), pinned.hubSha256()))
                                .orElse(pinned));
            }
            splits.put(task.task().name(), ofTask);
        }
        JsonMapper mapper =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        System.out.println(mapper.writeValueAsString(new Manifest(splits)));
    }

    private static SplitFacts facts(GlueTask task, GlueSplit split, SplitFiles files, Manifest manifest) {
        SplitReader reader = new SplitReader(task, split, manifest);
        return split.labelled()
                ? reader.labelled(files).facts()
                : reader.unlabelled(files).facts();
    }
}
