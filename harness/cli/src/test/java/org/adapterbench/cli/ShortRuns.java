package org.adapterbench.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.config.Experiment;
import org.adapterbench.core.grid.PlannedRun;
import org.adapterbench.core.plugin.MethodCatalog;
import org.adapterbench.core.plugin.TaskCatalog;
import org.adapterbench.core.run.LocalRunExecutor;
import org.adapterbench.core.run.RunListener;
import org.adapterbench.core.run.RunRequest;

/** Runs of an experiment inside the test's own process, on the user's encoders and data but with warm-ups of its own. */
final class ShortRuns {

    private final MethodCatalog methods = MethodCatalog.installed();
    private final TaskCatalog tasks = TaskCatalog.installed();
    private final CacheFolder cache;
    private final Experiment experiment;
    private final Map<String, PlannedRun> planned = new LinkedHashMap<>();

    /** @param folder for the cache and what runs leave */
    ShortRuns(Path folder, Path experimentFile) throws IOException {
        this.cache = withoutWarmups(folder);
        ExpandedExperiment expanded = ExpandedExperiment.of(experimentFile, cache);
        this.experiment = expanded.experiment();
        expanded.runs().forEach(run -> planned.put(run.variant(), run));
    }

    /** The runs by variant, in the grid's order. */
    Map<String, PlannedRun> planned() {
        return planned;
    }

    /** Executes the variants in the given order, one after the other in one executor. */
    Map<String, Outcome> execute(Iterable<String> variants) {
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        try (LocalRunExecutor executor = new LocalRunExecutor(methods, tasks)) {
            for (String variant : variants) {
                PlannedRun run = planned.get(variant);
                RunRequest request = new RunRequest(
                        run.runId(),
                        run.spec(),
                        run.encoder(),
                        null,
                        cache.root(),
                        cache.root().resolve("runs").resolve(run.runId()),
                        experiment.save(),
                        experiment.activationMegabytes());
                outcomes.put(variant, executor.execute(request, RunListener.silent()));
            }
        }
        return outcomes;
    }

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
