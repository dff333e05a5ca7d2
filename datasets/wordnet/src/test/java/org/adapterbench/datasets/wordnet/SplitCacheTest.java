package org.adapterbench.datasets.wordnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.adapterbench.api.UserError;
import org.adapterbench.api.task.LabelledExample;
import org.adapterbench.api.task.LabelledSplit;
import org.adapterbench.api.task.TextInput;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitCacheTest {

    private static final Division DIVISION = new Division(
            new LabelledSplit("train", List.of(example("a", 0), example("b", 2.37f))),
            new LabelledSplit("dev", List.of(example("c", 1))));

    @TempDir
    Path folder;

    private SplitCache cache;

    @BeforeEach
    void open() {
        cache = new SplitCache(folder.resolve("not/yet/there"), new Similarity());
    }

    private static LabelledExample example(String id, float target) {
        return new LabelledExample(new TextInput(id, "a lamp, " + id, "na\u00efve \u201clamp\u201d " + id), target);
    }

    @Test
    void nothingIsFoundBeforeTheFirstWrite() {
        assertThat(cache.read()).isEmpty();
    }

    @Test
    void whatIsWrittenIsRead() {
        cache.write(DIVISION);
        assertThat(cache.read()).contains(DIVISION);
    }

    @Test
    void aFileHasThePermissionsOfAnyOtherFile() throws IOException {
        cache.write(DIVISION);

        Set<PosixFilePermission> any =
                Files.getPosixFilePermissions(Files.createFile(folder.resolve("not/yet/there/other")));
        try (Stream<Path> files = Files.list(folder.resolve("not/yet/there"))) {
            assertThat(files.toList())
                    .hasSize(3)
                    .allSatisfy(file ->
                            assertThat(Files.getPosixFilePermissions(file)).isEqualTo(any));
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamedInOneLine() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        SplitCache blocked = new SplitCache(file.resolve("data"), new Similarity());

        assertThatThrownBy(() -> blocked.write(DIVISION))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith(file.resolve("data") + ": cannot be written: ")
                .hasMessageContaining("(allowed: a writable folder;")
                .hasMessageNotContaining("Exception");
    }

    @Test
    void singleSentencesStaySingle() {
        LabelledExample single = new LabelledExample(new TextInput("a", "a lamp", null), 1);
        Division division =
                new Division(new LabelledSplit("train", List.of(single)), new LabelledSplit("dev", List.of()));
        cache.write(division);
        assertThat(cache.read()).contains(division);
    }

    @Test
    void aDamagedFileCountsAsAbsent() throws IOException {
        cache.write(DIVISION);
        Path file = files().stream()
                .filter(f -> f.toString().endsWith(".tsv"))
                .findFirst()
                .orElseThrow();
        Files.writeString(file, Files.readString(file).replace("lamp", "lump"), StandardCharsets.UTF_8);
        assertThat(cache.read()).isEmpty();
        cache.write(DIVISION);
        assertThat(cache.read()).contains(DIVISION);
    }

    @Test
    void aTruncatedFileCountsAsAbsent() throws IOException {
        cache.write(DIVISION);
        Path file = files().stream()
                .filter(f -> f.toString().endsWith(".tsv"))
                .findFirst()
                .orElseThrow();
        Files.writeString(file, Files.readString(file).substring(0, 20), StandardCharsets.UTF_8);
        assertThat(cache.read()).isEmpty();
    }

    @Test
    void aMissingChecksumCountsAsAbsent() throws IOException {
        cache.write(DIVISION);
        Files.delete(files().stream()
                .filter(f -> f.toString().endsWith(".sha256"))
                .findFirst()
                .orElseThrow());
        assertThat(cache.read()).isEmpty();
    }

    @Test
    void writersAtTheSameTimeLeaveOneWholeFileAndNoRemains() throws Exception {
        Callable<Boolean> writeAndRead = () -> {
            for (int i = 0; i < 20; i++) {
                cache.write(DIVISION);
                if (!cache.read().equals(java.util.Optional.of(DIVISION))) {
                    return false;
                }
            }
            return true;
        };
        ExecutorService writers = Executors.newFixedThreadPool(4);
        try {
            for (Future<Boolean> whole : writers.invokeAll(List.of(writeAndRead, writeAndRead, writeAndRead))) {
                assertThat(whole.get()).isTrue();
            }
        } finally {
            writers.shutdownNow();
        }
        assertThat(files()).hasSize(2);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
