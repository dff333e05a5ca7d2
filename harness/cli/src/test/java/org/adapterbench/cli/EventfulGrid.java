package org.adapterbench.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.grid.PlannedRun;
import org.adapterbench.core.launch.GridCounts;
import org.adapterbench.core.launch.GridListener;
import org.adapterbench.core.launch.GridRunner;
import org.adapterbench.core.launch.LocalLauncher;
import org.adapterbench.core.launch.LocalLauncherSettings;
import org.adapterbench.core.run.RunListener;
import org.adapterbench.core.store.RunStore;

/** A program that does what {@code run} does and prints every event of it at once: step, batch, epoch, end. */
final class EventfulGrid implements GridListener {

    private EventfulGrid() {}

    /** @param arguments experiment file, output folder */
    public static void main(String[] arguments) throws IOException {
        CacheFolder cache = CacheFolder.of(System.getenv());
        ExpandedExperiment expanded = ExpandedExperiment.of(Path.of(arguments[0]), cache);
        GridCounts counts;
        try (RunStore store = RunStore.openForWriting(Path.of(arguments[1]), EventfulGrid::say);
                LocalLauncher launcher = new LocalLauncher(LocalLauncherSettings.standard(cache, System.getenv()))) {
            counts = new GridRunner(expanded.settings(), store, launcher, new EventfulGrid()).run(expanded.runs());
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
