package org.adapterbench.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathJarsTest {

    @TempDir
    Path folder;

    @Test
    void aJarThatIsCutShortIsDamagedAndOthersAreNot() throws IOException {
        Path whole = folder.resolve("whole.jar");
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(whole))) {
            jar.putNextEntry(new ZipEntry("a"));
            jar.write(new byte[1000]);
        }
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = Files.write(folder.resolve("cut.jar"), Arrays.copyOf(bytes, bytes.length - 10));
        Path empty = Files.createFile(folder.resolve("empty.jar"));
        Path classes = Files.createDirectory(folder.resolve("classes.jar"));

        String classPath = String.join(
                File.pathSeparator,
                whole.toString(),
                cut.toString(),
                classes.toString(),
                folder.resolve("missing.jar").toString(),
                empty.toString());

        assertThat(ClassPathJars.damagedOf(classPath)).containsExactly(cut, empty);
    }

    @Test
    void thisProcessHasNoDamagedJar() {
        assertThat(ClassPathJars.damage()).isEmpty();
        assertThat(ClassPathJars.damaged("any.jar")).isEmpty();
    }
}
