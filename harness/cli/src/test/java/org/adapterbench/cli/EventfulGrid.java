package org.adapterbench.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.api.task.DataLocation;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.config.Experiment;
import org.adapterbench.core.config.ExperimentReader;
import org.adapterbench.core.grid.Grid;
import org.adapterbench.core.grid.Only;
import org.adapterbench.core.grid.PlannedRun;
import org.adapterbench.core.launch.GridCounts;
import org.adapterbench.core.launch.GridListener;
import org.adapterbench.core.launch.GridRunner;
import org.adapterbench.core.launch.GridSettings;
import org.adapterbench.core.launch.LocalLauncher;
import org.adapterbench.core.launch.LocalLauncherSettings;
import org.adapterbench.core.plugin.MethodCatalog;
import org.adapterbench.core.plugin.TaskCatalog;
import org.adapterbench.core.run.RunListener;
import org.adapterbench.core.store.RunStore;
import org.adapterbench.core.weights.EncoderStore;

/** A program that does what {@code run} does and prints every event of it at once: step, batch, epoch, end. */
final class EventfulGrid implements GridListener {

    private EventfulGrid() {}

    /** @param arguments experiment file, output folder */
    public static void main(String[] arguments) throws IOException {
        MethodCatalog methods = MethodCatalog.installed();
        TaskCatalog tasks = TaskCatalog.installed();
        CacheFolder cache = CacheFolder.of(System.getenv());
        Experiment experiment = new ExperimentReader(methods, tasks).read(Path.of(arguments[0]), List.of());
        List<PlannedRun> runs = new Grid(
                        tasks, methods, new EncoderStore(cache)::open, new DataLocation(null, cache.data()))
                .expand(experiment, Only.everything());
        GridSettings shared = new GridSettings(
                experiment.name(), null, cache, experiment.save(), experiment.activationMegabytes(), 1);
        GridCounts counts;
        try (RunStore store = RunStore.openForWriting(Path.of(arguments[1]), EventfulGrid::say);
                LocalLauncher launcher = new LocalLauncher(LocalLauncherSettings.standard(cache, System.getenv()))) {
            counts = new GridRunner(shared, store, launcher, new EventfulGrid()).run(runs);
        }
        System.exit(counts.failed() > 0 ? ExitCode.RUN_FAILED : ExitCode.DONE);
    }

    private static synchronized void say(String line) {
        System.out.println(line);
    }

    @Override
    public RunListener started(PlannedRun run) {
        say("started " + run.variant());
        return new RunListener() {
            @Override
            public void resumed(String stage, int step, int steps) {
                say("resumed " + stage + " " + step + "/" + steps);
            }

            @Override
            public void step(String stage, int step, int steps, float loss) {
                say("step " + stage + " " + step + "/" + steps);
            }

            @Override
            public void scored(String stage, int batches) {
                say("scored " + stage + " " + batches);
            }

            @Override
            public void evaluated(String stage, Outcome.Epoch epoch) {
                say("evaluated " + stage + " " + epoch.epoch());
            }
        };
    }

    @Override
    public void ended(PlannedRun run, RunRecord record) {
        say("ended " + run.variant() + " " + record.status());
    }
}
