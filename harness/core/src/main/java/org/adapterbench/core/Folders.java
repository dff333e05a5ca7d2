package org.adapterbench.core;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Removes folders, and moves aside what cannot be used. */
public final class Folders {

    private Folders() {}

    /**
     * Removes a folder with everything in it, also where part of it goes meanwhile; links are removed, not followed.
     * Nothing happens when there is none.
     */
    public static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new Removal());
    }

    /** Deepest first; what goes meanwhile is gone. */
    static final class Removal extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
            if (problem instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw problem;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException problem) throws IOException {
            if (problem != null) {
                return visitFileFailed(folder, problem);
            }
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }

    /** Removes what a killed process left behind; the caller holds the lock under which such folders are made. */
    public static void removeAll(Path parent, String beginningOfName) throws IOException {
        List<Path> left;
        try (Stream<Path> inside = Files.list(parent)) {
            left = inside.filter(path -> path.getFileName().toString().startsWith(beginningOfName))
                    .toList();
        }
        for (Path path : left) {
            remove(path);
        }
    }

    /**
     * Gives a damaged file or folder the first name that is free of those ending in {@code .damaged-1} and so on.
     *
     * @return where it is now
     */
    public static Path setAside(Path damaged) throws IOException {
        int number = 1;
        Path aside;
        do {
            aside = damaged.resolveSibling(damaged.getFileName() + ".damaged-" + number++);
        } while (Files.exists(aside));
        return Files.move(damaged, aside);
    }
}
