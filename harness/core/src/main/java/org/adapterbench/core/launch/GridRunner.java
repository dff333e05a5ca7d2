package org.adapterbench.core.launch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.adapterbench.api.FailureKind;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.core.grid.PlannedRun;
import org.adapterbench.core.run.RunRequest;
import org.adapterbench.core.store.RunStore;

/**
 * Executes the runs of a grid that are not finished yet and stores a record of each. A failed run is recorded
 * and the grid goes on.
 */
public final class GridRunner {

    /** What may come from the machine or the moment: the same command goes on from the run's last checkpoint. */
    private static final Set<FailureKind> RESUMABLE =
            Set.of(FailureKind.CRASHED, FailureKind.OUT_OF_MEMORY, FailureKind.HUNG, FailureKind.ENVIRONMENT);

    private final GridSettings settings;
    private final RunStore store;
    private final Launcher launcher;
    private final GridListener listener;
    private final AtomicInteger finished = new AtomicInteger();
    private final AtomicInteger skipped = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger stopped = new AtomicInteger();

    public GridRunner(GridSettings settings, RunStore store, Launcher launcher, GridListener listener) {
        this.settings = settings;
        this.store = store;
        this.launcher = launcher;
        this.listener = listener;
    }

    /** Executes those of the runs that the store does not hold finished. */
    public GridCounts run(List<PlannedRun> runs) {
        return run(runs, store.finished(runs.stream().map(PlannedRun::runId).toList()));
    }

    /**
     * Executes the runs and returns when all have ended. Runs that share weights, data and warm-up go to the
     * same worker in the order given.
     *
     * @param before ids of those that are finished
     * @throws org.adapterbench.api.RunFailure when the store cannot be written; the other workers' runs are stopped
     */
    public GridCounts run(List<PlannedRun> runs, Set<String> before) {
        Map<PlannedRun.Group, List<PlannedRun>> groups = new LinkedHashMap<>();
        runs.forEach(run ->
                groups.computeIfAbsent(run.group(), group -> new ArrayList<>()).add(run));
        Queue<List<PlannedRun>> waiting = new ConcurrentLinkedQueue<>(groups.values());
        ExecutorService threads = Executors.newFixedThreadPool(settings.workers());
        List<CompletableFuture<Void>> working = new ArrayList<>();
        for (int i = 0; i < settings.workers(); i++) {
            working.add(CompletableFuture.runAsync(() -> work(waiting, before), threads));
        }
        threads.shutdown();
        awaitEnd(threads);
        try {
            working.forEach(CompletableFuture::join);
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
        return new GridCounts(finished.get(), skipped.get(), failed.get(), stopped.get());
    }

    /** Returns when no thread works any more; an interrupt stops the runs first. */
    private void awaitEnd(ExecutorService threads) {
        boolean interrupted = false;
        for (boolean ended = false; !ended; ) {
            try {
                ended = threads.awaitTermination(1, TimeUnit.DAYS);
            } catch (InterruptedException e) {
                interrupted = true;
                launcher.stop();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void work(Queue<List<PlannedRun>> waiting, Set<String> before) {
        try {
            for (List<PlannedRun> group; (group = waiting.poll()) != null; ) {
                try {
                    group.forEach(run -> work(run, before.contains(run.runId())));
                } finally {
                    launcher.release(group.get(0).group());
                }
            }
        } catch (RuntimeException e) {
            // The other workers' runs could not be recorded either.
            launcher.stop();
            throw e;
        }
    }

    private void work(PlannedRun run, boolean finishedBefore) {
        if (finishedBefore) {
            // Left behind by a process that was killed between the record and the end of the state.
            store.removeCheckpoint(run.runId());
            skipped.incrementAndGet();
            listener.skipped(run);
        } else if (launcher.stopping()) {
            stop(run);
        } else {
            end(run, launcher.launch(request(run), listener.started(run)));
        }
    }

    private RunRequest request(PlannedRun run) {
        return new RunRequest(
                run.runId(),
                run.spec(),
                run.encoder(),
                settings.glue(),
                settings.cache().root(),
                store.freshFolder(run.runId()).toAbsolutePath(),
                settings.save(),
                settings.activationMegabytes());
    }

    private void end(PlannedRun run, RunResult result) {
        String experiment = settings.experiment();
        if (result instanceof RunResult.Finished done) {
            finished.incrementAndGet();
            write(
                    run,
                    RunRecord.finished(
                            run.runId(), experiment, run.variant(), run.spec(), done.outcome(), done.provenance()));
        } else if (result instanceof RunResult.Failed lost) {
            failed.incrementAndGet();
            write(
                    run,
                    RunRecord.failed(
                            run.runId(), experiment, run.variant(), run.spec(), lost.failure(), lost.provenance()));
        } else {
            store.removeEmptyFolder(run.runId());
            stop(run);
        }
    }

    private void stop(PlannedRun run) {
        stopped.incrementAndGet();
        listener.stopped(run);
    }

    private void write(PlannedRun run, RunRecord record) {
        store.write(record);
        if (record.failure() == null || !RESUMABLE.contains(record.failure().kind())) {
            store.removeCheckpoint(run.runId());
        }
        listener.ended(run, record);
    }
}
