package org.adapterbench.datasets.wordnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.ServiceLoader;
import org.adapterbench.api.UserError;
import org.adapterbench.api.task.DataLocation;
import org.adapterbench.api.task.LabelledExample;
import org.adapterbench.api.task.LabelledSplit;
import org.adapterbench.api.task.SplitFacts.ContentStatus;
import org.adapterbench.api.task.Task;
import org.adapterbench.api.task.TaskData;
import org.adapterbench.api.task.TaskProvider;
import org.adapterbench.api.task.TextInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordNetTasksTest {

    @TempDir
    Path folder;

    private final WordNetTasks suite = new WordNetTasks();

    @Test
    void theSuiteIsFoundAsAService() {
        assertThat(ServiceLoader.load(TaskProvider.class)).hasAtLeastOneElementOfType(WordNetTasks.class);
    }

    @Test
    void everyTaskNameStartsWithTheSuite() {
        assertThat(suite.tasks())
                .extracting(Task::name)
                .containsExactly(
                        "wordnet/accept",
                        "wordnet/paraphrase",
                        "wordnet/entail",
                        "wordnet/similarity",
                        "wordnet/supersense");
    }

    @Test
    void theSecondLoadReadsTheCacheAndGivesTheSame() throws IOException {
        DataLocation location = new DataLocation(null, folder.resolve("wordnet"));
        Task task = suite.tasks().get(1);
        TaskData first = suite.load(task, location);
        Path file = cacheFile();
        FileTime written = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(file, written);
        TaskData second = suite.load(task, location);
        assertThat(second.train()).isEqualTo(first.train());
        assertThat(second.evaluation()).isEqualTo(first.evaluation());
        assertThat(second.facts()).isEqualTo(first.facts()).allMatch(f -> f.status() == ContentStatus.OFFICIAL);
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(written);
    }

    @Test
    void aDamagedCacheIsBuiltAgain() throws IOException {
        DataLocation location = new DataLocation(null, folder.resolve("wordnet"));
        Task task = suite.tasks().get(1);
        TaskData first = suite.load(task, location);
        Files.writeString(cacheFile(), Files.readString(cacheFile()).replaceFirst("the", "teh"));
        assertThat(suite.load(task, location).facts()).isEqualTo(first.facts());
    }

    @Test
    void aWholeCacheOfAnotherConstructionIsBuiltAgain() {
        Path cache = folder.resolve("wordnet");
        Task task = suite.tasks().get(1);
        LabelledExample stale = new LabelledExample(new TextInput("a", "a lamp", "light the lamp"), 1);
        SplitCache planted = new SplitCache(cache, WordNetTasks.construction(task.name()));
        planted.write(
                new Division(new LabelledSplit("train", List.of(stale)), new LabelledSplit("dev", List.of(stale))));
        TaskData loaded = suite.load(task, new DataLocation(null, cache));
        assertThat(loaded.train().examples()).doesNotContain(stale);
        assertThat(loaded.facts()).allMatch(f -> f.status() == ContentStatus.OFFICIAL);
        assertThat(planted.read().orElseThrow().train()).isEqualTo(loaded.train());
    }

    @Test
    void otherContentIsCalledOther() {
        Task task = suite.tasks().get(0);
        LabelledSplit split =
                new LabelledSplit("dev", List.of(new LabelledExample(new TextInput("a", "a lamp", null), 1)));
        assertThat(WordNetTasks.facts(task, split).status()).isEqualTo(ContentStatus.OTHER);
    }

    @Test
    void anUnknownTaskIsAnsweredWithTheNearestName() {
        Task known = suite.tasks().get(0);
        Task unknown =
                new Task("wordnet/acept", "", false, known.objective(), known.metrics(), known.evaluationSplits());
        assertThatThrownBy(() -> suite.load(unknown, new DataLocation(null, folder)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("did you mean 'wordnet/accept'?");
    }

    private Path cacheFile() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(f -> f.toString().endsWith(".tsv")).findFirst().orElseThrow();
        }
    }
}
