package org.adapterbench.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * The size of a folder whose content may change meanwhile.
 *
 * @param bytes      sum of the sizes of the files below it, links not followed; 0 when there is no such folder
 * @param unreadable a part of it that is not counted for want of a permission, null where all is
 */
record FolderSize(long bytes, @Nullable Path unreadable) {

    static final FolderSize NOTHING = new FolderSize(0, null);

    static FolderSize of(Path folder) {
        if (!Files.isDirectory(folder)) {
            return NOTHING;
        }
        Sum sum = new Sum();
        try {
            Files.walkFileTree(folder, sum);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sum.size();
    }

    FolderSize plus(FolderSize other) {
        return new FolderSize(bytes + other.bytes, unreadable == null ? other.unreadable : unreadable);
    }

    /** For people, with what is not counted. */
    String text() {
        return unreadable == null
                ? Text.bytes(bytes)
                : Text.bytes(bytes) + " without " + unreadable + " (no permission)";
    }

    /** Adds up what a walk meets. */
    static final class Sum extends SimpleFileVisitor<Path> {

        private FolderSize size = NOTHING;

        FolderSize size() {
            return size;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
                size = size.plus(new FolderSize(attributes.size(), null));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
            if (problem instanceof AccessDeniedException) {
                size = size.plus(new FolderSize(0, file));
            } else if (!(problem instanceof NoSuchFileException)) {
                throw problem;
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException problem) throws IOException {
            return problem == null ? FileVisitResult.CONTINUE : visitFileFailed(folder, problem);
        }
    }
}
