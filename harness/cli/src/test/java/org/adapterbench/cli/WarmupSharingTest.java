package org.adapterbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.api.task.DataLocation;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.config.Experiment;
import org.adapterbench.core.config.ExperimentReader;
import org.adapterbench.core.grid.Grid;
import org.adapterbench.core.grid.Only;
import org.adapterbench.core.grid.PlannedRun;
import org.adapterbench.core.plugin.MethodCatalog;
import org.adapterbench.core.plugin.TaskCatalog;
import org.adapterbench.core.run.NumericsCheck;
import org.adapterbench.core.run.RunExecutor;
import org.adapterbench.core.run.RunListener;
import org.adapterbench.core.run.RunRequest;
import org.adapterbench.core.weights.EncoderStore;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One warm-up serves all methods, whichever comes first and whatever their own training says. */
final class WarmupSharingTest {

    private static final String EXPERIMENT =
            """
            name: sharing
            encoders: [minilm-l6]
            tasks: [wordnet/accept]
            seeds: [1]
            data: {train: 64, evaluation: 16}
            warmup: {epochs: 1, max-length: 24}
            training: {epochs: 1, max-length: 24}
            methods:
              - {method: head-only, label: short, training: {max-length: 8}}
              - {method: head-only, label: long}
              - {method: head-only, label: chosen, training: {checkpoint: best, selection-examples: 32}}
            """;

    @Test
    void orderAndTheMethodsOwnTrainingLeaveTheSharedStartAsItIs(@TempDir Path folder) throws IOException {
        Assumptions.assumeTrue(
                NumericsCheck.processorAllows(), "SKIPPED: this processor is not x86-64 with AVX2 and FMA");
        Files.writeString(folder.resolve("sharing.yaml"), EXPERIMENT);

        Map<String, Outcome> forward = run(folder, "forward", List.of("short", "long", "chosen"));
        Map<String, Outcome> backward = run(folder, "backward", List.of("chosen", "long", "short"));

        for (String label : List.of("short", "long", "chosen")) {
            assertThat(backward.get(label).hashes()).isEqualTo(forward.get(label).hashes());
        }
        assertThat(start(forward, "short")).isEqualTo(start(forward, "long"));
        assertThat(forward.get("short").hashes().predictions())
                .isNotEqualTo(forward.get("long").hashes().predictions());
        // A slice that chooses an epoch has not trained the warm-up, which is therefore another one.
        assertThat(start(forward, "chosen")).isNotEqualTo(start(forward, "long"));
        try (Stream<Path> warmups = Files.list(folder.resolve("forward/warmups"))) {
            assertThat(warmups.filter(f -> f.toString().endsWith(".safetensors"))).hasSize(2);
        }
    }

    private static String start(Map<String, Outcome> outcomes, String label) {
        return outcomes.get(label).start().sha256();
    }

    private static Map<String, Outcome> run(Path folder, String cacheName, List<String> order) throws IOException {
        CacheFolder cache = withoutWarmups(folder.resolve(cacheName));
        MethodCatalog methods = MethodCatalog.installed();
        TaskCatalog tasks = TaskCatalog.installed();
        Experiment experiment =
                new ExperimentReader(methods, tasks).read(folder.resolve("sharing.yaml"), List.of());
        Map<String, PlannedRun> planned = new TreeMap<>();
        new Grid(tasks, methods, new EncoderStore(cache)::open, new DataLocation(null, cache.data()))
                .expand(experiment, Only.everything())
                .forEach(run -> planned.put(run.variant(), run));
        Map<String, Outcome> outcomes = new TreeMap<>();
        try (RunExecutor executor = new RunExecutor(methods, tasks)) {
            for (String label : order) {
                PlannedRun run = planned.get(label);
                outcomes.put(
                        label,
                        executor.execute(
                                new RunRequest(
                                        run.runId(),
                                        run.spec(),
                                        run.encoder(),
                                        null,
                                        cache.root(),
                                        folder.resolve(cacheName).resolve(run.runId()),
                                        experiment.save()),
                                RunListener.silent()));
            }
        }
        return outcomes;
    }

    /** The user's encoders and data, but warm-ups computed anew. */
    private static CacheFolder withoutWarmups(Path root) throws IOException {
        CacheFolder users = CacheFolder.of(System.getenv());
        CacheFolder own = new CacheFolder(root);
        Files.createDirectories(users.encoders());
        Files.createDirectories(users.data());
        Files.createDirectories(root);
        Files.createSymbolicLink(own.encoders(), users.encoders());
        Files.createSymbolicLink(own.data(), users.data());
        return own;
    }
}
