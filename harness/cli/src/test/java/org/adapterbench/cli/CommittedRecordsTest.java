package org.adapterbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.api.task.DataLocation;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.compare.PublishedRecords;
import org.adapterbench.core.compare.PublishedRun;
import org.adapterbench.core.config.Experiment;
import org.adapterbench.core.config.ExperimentReader;
import org.adapterbench.core.grid.Grid;
import org.adapterbench.core.grid.Only;
import org.adapterbench.core.grid.PlannedRun;
import org.adapterbench.core.plugin.MethodCatalog;
import org.adapterbench.core.plugin.TaskCatalog;
import org.adapterbench.core.weights.EncoderStore;
import org.junit.jupiter.api.Test;

/** What is committed as published belongs to the experiments as they are now. */
final class CommittedRecordsTest {

    private static final Path ROOT = Path.of(System.getProperty("adapterbench.root"));

    @Test
    void everyPublishedRecordIsOfARunOfItsExperimentByTheCurrentRecipe() throws IOException {
        Path published = ROOT.resolve("harness/experiments/published");
        assertThat(published.toFile().list()).contains("smoke", "quick");
        try (Stream<Path> folders = Files.list(published)) {
            for (Path folder : folders.sorted().toList()) {
                String name = folder.getFileName().toString();
                PublishedRecords records =
                        PublishedRecords.read(PublishedRecords.file(ROOT, name)).orElseThrow();
                assertThat(records.experiment()).isEqualTo(name);
                assertThat(records.recipeVersion())
                        .as("run %s again and publish it: its records are of an older recipe", name)
                        .isEqualTo(RunSpec.RECIPE_VERSION);
                assertThat(records.runs())
                        .as("run %s again and publish it: the experiment or the data changed", name)
                        .extracting(PublishedRun::runId)
                        .containsExactlyElementsOf(idsOf(name));
            }
        }
    }

    private static List<String> idsOf(String name) {
        MethodCatalog methods = MethodCatalog.installed();
        TaskCatalog tasks = TaskCatalog.installed();
        CacheFolder cache = CacheFolder.of(System.getenv());
        Experiment experiment = new ExperimentReader(methods, tasks).read(name, List.of());
        return new Grid(tasks, methods, new EncoderStore(cache)::open, new DataLocation(null, cache.data()))
                .expand(experiment, Only.everything()).stream()
                        .map(PlannedRun::runId)
                        .toList();
    }
}
