package org.adapterbench.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.adapterbench.core.grid.PlannedRun;
import org.adapterbench.core.launch.GridCounts;
import org.adapterbench.core.launch.GridRunner;
import org.adapterbench.core.launch.GridSettings;
import org.adapterbench.core.launch.Launcher;
import org.adapterbench.core.launch.LocalLauncher;
import org.adapterbench.core.launch.LocalLauncherSettings;
import org.adapterbench.core.store.RunStore;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * Executes the runs of a grid in workers, with progress on the screen, and ends them when the user stops it. The JVM
 * then ends when this is closed, so that what is closed before it is put away first.
 */
final class GridExecution implements AutoCloseable {

    /** From the signal on; nobody waits longer for a program that was told to end. */
    private static final Duration WHOLE_STOP = Duration.ofMillis(9500);

    private final Surroundings surroundings;
    private final Materials materials;
    private final PrintWriter out;
    private final PrintWriter err;
    private final String whenStopped;
    private final StopOnSignal.Hooks hooks;
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable StopOnSignal signals;

    /** @param whenStopped what becomes of the runs when the user stops the command */
    GridExecution(Surroundings surroundings, Materials materials, CommandLine command, String whenStopped) {
        this(surroundings, materials, command, whenStopped, StopOnSignal.OF_THE_JVM);
    }

    GridExecution(
            Surroundings surroundings,
            Materials materials,
            CommandLine command,
            String whenStopped,
            StopOnSignal.Hooks hooks) {
        this.surroundings = surroundings;
        this.materials = materials;
        this.out = command.getOut();
        this.err = command.getErr();
        this.whenStopped = whenStopped;
        this.hooks = hooks;
    }

    private static boolean haveSeveralEncoders(List<PlannedRun> runs) {
        return runs.stream().map(run -> run.spec().encoder()).distinct().count() > 1;
    }

    GridCounts run(GridSettings shared, RunStore store, List<PlannedRun> runs) {
        Set<String> before = store.finished(runs.stream().map(PlannedRun::runId).toList());
        List<PlannedRun> left =
                runs.stream().filter(run -> !before.contains(run.runId())).toList();
        CacheAccess.requireWarmups(shared.cache(), left);
        List<RunCost> costs = new Estimator(materials, shared.save(), shared.activationMegabytes()).estimate(left);
        out.println(Text.runs(runs.size()) + ", " + (runs.size() - left.size()) + " of them finished before");
        Progress progress = new Progress(System::nanoTime);
        for (int i = 0; i < left.size(); i++) {
            progress.expect(
                    left.get(i).runId(),
                    Speed.work(costs.get(i), left.get(i).spec().numerics()));
        }
        Screen screen = new Screen(out, surroundings.columns());
        LocalLauncherSettings settings =
                LocalLauncherSettings.standard(surroundings.cache(), surroundings.environment());
        try (Launcher launcher = new LocalLauncher(settings)) {
            // On SIGINT and SIGTERM the running steps end, and the JVM ends with the signal's code.
            signals = new StopOnSignal(() -> stop(launcher), hooks);
            GridDisplay display = new GridDisplay(progress, screen, materials.tasks(), haveSeveralEncoders(runs));
            GridCounts counts = new GridRunner(shared, store, launcher, display).run(runs, before);
            screen.erase();
            return counts;
        }
    }

    @Override
    public void close() {
        closed.countDown();
        if (signals != null) {
            signals.close();
        }
    }

    private void stop(Launcher launcher) {
        long begun = System.nanoTime();
        err.println("adapterbench: stopping after the step under way; " + whenStopped);
        launcher.stop();
        try {
            // A run that ended by itself just then gets its record, and a scratch folder goes.
            closed.await(WHOLE_STOP.toNanos() - (System.nanoTime() - begun), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
