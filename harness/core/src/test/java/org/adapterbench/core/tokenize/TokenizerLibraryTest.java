package org.adapterbench.core.tokenize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.adapterbench.api.UserError;
import org.adapterbench.core.weights.TestResources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged native library would end the process that loads it, so that is another one than the tests'. */
class TokenizerLibraryTest {

    @TempDir
    Path folder;

    private record Answer(int code, String out, String err) {}

    private Answer tokenize() throws IOException, InterruptedException {
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:ErrorFile=" + folder.resolve("crash.log"),
                        "-XX:-CreateCoredumpOnCrash",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TokenizeMain.class.getName(),
                        folder.resolve("cache").toString(),
                        TestResources.encoder("tiny-bert").toString())
                .redirectError(err.toFile());
        builder.environment().putAll(environment());
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), out, Files.readString(err));
    }

    private Map<String, String> environment() {
        return Map.of("DJL_CACHE_DIR", folder.resolve("djl").toString(), "RUST_FLAVOR", "cpu");
    }

    private List<Path> unpacked() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("djl/tokenizers"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void aLibraryThatIsCutShortIsUnpackedAgain() throws Exception {
        Answer first = tokenize();
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(unpacked()).hasSize(1);
        Path library = unpacked().get(0);
        long size = Files.size(library);
        try (RandomAccessFile file = new RandomAccessFile(library.toFile(), "rw")) {
            file.setLength(1000);
        }

        Answer second = tokenize();

        assertThat(second.code()).as(second.err()).isZero();
        assertThat(second.out()).isEqualTo(first.out()).isNotEmpty();
        assertThat(unpacked()).containsExactly(library);
        assertThat(library).hasSize(size);
    }

    @Test
    void aFlippedBitIsSeenToo() throws IOException {
        TokenizerLibrary.require(environment());
        Path library = unpacked().get(0);
        byte[] whole = Files.readAllBytes(library);
        byte[] damaged = whole.clone();
        damaged[damaged.length / 2] ^= 1;
        Files.write(library, damaged);

        TokenizerLibrary.require(environment());

        assertThat(Files.readAllBytes(library)).isEqualTo(whole);
        assertThat(Files.getPosixFilePermissions(library.getParent()))
                .isEqualTo(Files.getPosixFilePermissions(Files.createDirectory(folder.resolve("any"))));
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws IOException {
        Files.writeString(folder.resolve("djl"), "in the way");

        assertThatThrownBy(() -> TokenizerLibrary.require(environment()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("absent or damaged, and cannot be unpacked: " + folder.resolve("djl"))
                .hasMessageContaining("(allowed: a writable folder");
    }
}
