package org.adapterbench.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {

    @TempDir
    Path folder;

    @Test
    void aFolderGoesWithEverythingInItAndLinksAreNotFollowed() throws IOException {
        Path kept = Files.writeString(folder.resolve("kept"), "mine");
        Path removed = Files.createDirectories(folder.resolve("removed/a/b")).getParent();
        Files.writeString(removed.resolve("b/file"), "x");
        Files.createSymbolicLink(removed.resolve("link"), folder);

        Folders.remove(folder.resolve("removed"));

        assertThat(folder.resolve("removed")).doesNotExist();
        assertThat(kept).hasContent("mine");
    }

    @Test
    void whatGoesMeanwhileIsGoneAndWhatMayNotBeReadIsTold() throws IOException {
        Folders.Removal removal = new Folders.Removal();

        assertThat(removal.visitFileFailed(folder.resolve("gone"), new NoSuchFileException("gone")))
                .isEqualTo(FileVisitResult.CONTINUE);
        assertThat(removal.postVisitDirectory(folder.resolve("gone"), null)).isEqualTo(FileVisitResult.CONTINUE);
        assertThatThrownBy(() -> removal.visitFileFailed(folder, new AccessDeniedException("secret")))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> removal.postVisitDirectory(folder, new AccessDeniedException("secret")))
                .isInstanceOf(AccessDeniedException.class);
    }
}
