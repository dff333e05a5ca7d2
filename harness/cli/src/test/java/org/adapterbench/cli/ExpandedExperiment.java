package org.adapterbench.cli;

import java.nio.file.Path;
import java.util.List;
import org.adapterbench.api.task.DataLocation;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.config.Experiment;
import org.adapterbench.core.config.ExperimentReader;
import org.adapterbench.core.grid.Grid;
import org.adapterbench.core.grid.Only;
import org.adapterbench.core.grid.PlannedRun;
import org.adapterbench.core.launch.GridSettings;
import org.adapterbench.core.plugin.MethodCatalog;
import org.adapterbench.core.plugin.TaskCatalog;
import org.adapterbench.core.weights.EncoderStore;

/** An experiment file read, and its whole grid, with the installed methods and tasks and a cache's encoders and data. */
record ExpandedExperiment(CacheFolder cache, Experiment experiment, List<PlannedRun> runs) {

    static ExpandedExperiment of(Path file, CacheFolder cache) {
        MethodCatalog methods = MethodCatalog.installed();
        TaskCatalog tasks = TaskCatalog.installed();
        Experiment experiment = new ExperimentReader(methods, tasks).read(file, List.of());
        List<PlannedRun> runs = new Grid(
                        tasks, methods, new EncoderStore(cache)::open, new DataLocation(null, cache.data()))
                .expand(experiment, Only.everything());
        return new ExpandedExperiment(cache, experiment, runs);
    }

    /** For one worker. */
    GridSettings settings() {
        return new GridSettings(experiment.name(), null, cache, experiment.save(), experiment.activationMegabytes(), 1);
    }
}
