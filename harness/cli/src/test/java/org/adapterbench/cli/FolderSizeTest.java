package org.adapterbench.cli;

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

/** Walks are told of what goes wrong, which who runs the tests has the permission to do perhaps. */
final class FolderSizeTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void filesCountAndLinksDoNot() throws IOException {
        Files.write(Files.createDirectories(folder.resolve("a/b")).resolve("file"), new byte[1500]);
        Files.write(folder.resolve("other"), new byte[500]);
        Files.createSymbolicLink(folder.resolve("a/link"), Path.of("b/file"));

        assertThat(FolderSize.of(folder)).isEqualTo(new FolderSize(2000, null));
        assertThat(FolderSize.of(folder.resolve("other"))).isEqualTo(FolderSize.NOTHING);
        assertThat(FolderSize.of(folder.resolve("nowhere"))).isEqualTo(FolderSize.NOTHING);
    }

    @Test
    void whatHasNoPermissionIsNamedAndTheOthersCount() throws IOException {
        FolderSize.Sum sum = new FolderSize.Sum();

        assertThat(sum.visitFileFailed(Path.of("secret"), new AccessDeniedException("secret")))
                .isEqualTo(FileVisitResult.CONTINUE);
        assertThat(sum.visitFileFailed(Path.of("other"), new AccessDeniedException("other")))
                .isEqualTo(FileVisitResult.CONTINUE);

        FolderSize size = new FolderSize(1500, null).plus(sum.size());
        assertThat(size).isEqualTo(new FolderSize(1500, Path.of("secret")));
        assertThat(size.text()).isEqualTo("1.5 kB without secret (no permission)");
    }

    @Test
    void whatGoesMeanwhileDoesNotCount() throws IOException {
        FolderSize.Sum sum = new FolderSize.Sum();

        sum.visitFileFailed(Path.of("gone"), new NoSuchFileException("gone"));
        sum.postVisitDirectory(Path.of("gone"), new NoSuchFileException("gone"));

        assertThat(sum.size()).isEqualTo(FolderSize.NOTHING);
        assertThatThrownBy(() -> sum.visitFileFailed(Path.of("broken"), new IOException("Input/output error")))
                .isInstanceOf(IOException.class);
    }
}
