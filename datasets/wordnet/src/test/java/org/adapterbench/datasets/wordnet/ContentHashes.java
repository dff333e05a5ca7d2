package org.adapterbench.datasets.wordnet;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.adapterbench.api.task.LabelledSplit;
import org.adapterbench.api.task.Task;

/** Constructs every task and writes the manifest to the file that is named; also run on another JDK by a test. */
final class ContentHashes {

    private ContentHashes() {}

    public static void main(String[] arguments) throws java.io.IOException {
        Files.writeString(Path.of(arguments[0]), manifest(), StandardCharsets.UTF_8);
    }

    static String manifest() {
        StringBuilder manifest = new StringBuilder(Manifest.HEADER).append('\n');
        for (Construction construction : WordNetTasks.CONSTRUCTIONS) {
            Task task = construction.task();
            Division division = BuiltSuite.division(construction);
            for (LabelledSplit split : List.of(division.train(), division.dev())) {
                manifest.append(task.name()).append('\t').append(split.name()).append('\t');
                manifest.append(WordNetTasks.facts(task, split).contentSha256()).append('\n');
            }
        }
        return manifest.toString();
    }
}
