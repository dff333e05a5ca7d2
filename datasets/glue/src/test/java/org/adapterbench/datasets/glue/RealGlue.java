package org.adapterbench.datasets.glue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.adapterbench.api.task.DataLocation;
import org.adapterbench.api.task.TaskData;
import org.junit.jupiter.api.Assumptions;

/** Finds the real files that some tests need; a test without them says so and is skipped. */
final class RealGlue {

    private RealGlue() {}

    /** The folder named by GLUE_DIR, or the one beside the repository. */
    static Path folder() {
        Path folder = Optional.ofNullable(System.getenv("GLUE_DIR"))
                .filter(named -> !named.isBlank())
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("adapterbench.root", "."), "..", "shared", "data", "glue"));
        return present(folder);
    }

    /** Files that deviate from the official ones, beside {@link #folder}. */
    static Path odd(String name) {
        return present(folder().resolveSibling("glue-odd").resolve(name));
    }

    private static Path present(Path path) {
        boolean there = Files.exists(path);
        if (!there) {
            System.err.println("SKIPPED: no GLUE files at " + path + " (set GLUE_DIR)");
        }
        Assumptions.assumeTrue(there, () -> "no GLUE files at " + path + " (set GLUE_DIR)");
        return path;
    }

    /** Loads a task from a folder. */
    static TaskData load(String task, Path folder) {
        return new GlueTasks().load(GlueTable.get(task).task(), new DataLocation(folder, folder.resolve("no cache")));
    }

    /** The unlabelled splits of a task in a folder. */
    static List<SplitReader.Unlabelled> withheld(String task, Path folder) {
        return GlueTasks.withheld(GlueTable.get(task).task(), new DataLocation(folder, folder.resolve("no cache")));
    }

    /** Copies a file under another name, with the folders it needs. */
    static Path copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        return Files.copy(from, to);
    }
}
