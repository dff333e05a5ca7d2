package org.adapterbench.core.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Removes a temporary folder and all that is in it. */
final class FolderRemoval {

    private FolderRemoval() {}

    /** Removes what a killed process left behind; the caller holds the lock under which such folders are made. */
    static void removeAll(Path parent, String beginningOfName) throws IOException {
        List<Path> left;
        try (Stream<Path> inside = Files.list(parent)) {
            left = inside.filter(path -> path.getFileName().toString().startsWith(beginningOfName))
                    .toList();
        }
        for (Path path : left) {
            remove(path);
        }
    }

    static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> inside = Files.walk(folder)) {
            deepestFirst = inside.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }
}
