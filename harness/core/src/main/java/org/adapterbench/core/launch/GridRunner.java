package org.adapterbench.core.launch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.api.record.RunRecord.Status;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.grid.PlannedRun;
import org.adapterbench.core.run.RunRequest;
import org.adapterbench.core.run.RunRequest.Save;
import org.adapterbench.core.store.RunStore;
import org.jspecify.annotations.Nullable;

/**
 * Executes the runs of a grid that are not finished yet and stores a record of each. A failed run is recorded
 * and the grid goes on.
 */
public final class GridRunner {

    /**
     * What all runs of a grid share.
     *
     * @param experiment name, for the records
     * @param glue       folder with GLUE data, null when not given
     * @param save       what to keep of the weights
     * @param workers    runs at the same time
     */
    public record Surroundings(String experiment, @Nullable Path glue, CacheFolder cache, Save save, int workers) {}

    private final Surroundings surroundings;
    private final RunStore store;
    private final Launcher launcher;
    private final GridListener listener;
    private final AtomicInteger finished = new AtomicInteger();
    private final AtomicInteger skipped = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger stopped = new AtomicInteger();

    public GridRunner(Surroundings surroundings, RunStore store, Launcher launcher, GridListener listener) {
        this.surroundings = surroundings;
        this.store = store;
        this.launcher = launcher;
        this.listener = listener;
    }

    /**
     * Executes the runs and returns when all have ended. Runs that share weights, data and warm-up go to the
     * same worker in the order given.
     *
     * @throws org.adapterbench.api.UserError when a record cannot be written; the other workers' runs are stopped
     */
    public GridCounts run(List<PlannedRun> runs) {
        Map<PlannedRun.Group, List<PlannedRun>> groups = new LinkedHashMap<>();
        runs.forEach(run ->
                groups.computeIfAbsent(run.group(), group -> new ArrayList<>()).add(run));
        Queue<List<PlannedRun>> waiting = new ConcurrentLinkedQueue<>(groups.values());
        ExecutorService threads = Executors.newFixedThreadPool(surroundings.workers());
        try {
            List<Future<?>> working = new ArrayList<>();
            for (int i = 0; i < surroundings.workers(); i++) {
                working.add(threads.submit(() -> work(waiting)));
            }
            for (Future<?> worker : working) {
                worker.get();
            }
        } catch (ExecutionException e) {
            launcher.stop();
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            launcher.stop();
            Thread.currentThread().interrupt();
        } finally {
            threads.shutdown();
        }
        return new GridCounts(finished.get(), skipped.get(), failed.get(), stopped.get());
    }

    private void work(Queue<List<PlannedRun>> waiting) {
        for (List<PlannedRun> group; (group = waiting.poll()) != null; ) {
            group.forEach(this::work);
        }
    }

    private void work(PlannedRun run) {
        Optional<RunRecord> earlier = store.record(run.runId()).filter(record -> record.status() == Status.FINISHED);
        if (earlier.isPresent()) {
            skipped.incrementAndGet();
            listener.skipped(run, earlier.get());
            return;
        }
        RunRequest request = new RunRequest(
                run.runId(),
                run.spec(),
                run.encoder(),
                surroundings.glue(),
                surroundings.cache().root(),
                store.freshFolder(run.runId()).toAbsolutePath(),
                surroundings.save());
        RunResult result = launcher.launch(request, listener.started(run));
        if (result instanceof RunResult.Finished done) {
            finished.incrementAndGet();
            end(
                    run,
                    new RunRecord(
                            RunRecord.SCHEMA_VERSION,
                            run.runId(),
                            surroundings.experiment(),
                            run.variant(),
                            Status.FINISHED,
                            run.spec(),
                            null,
                            done.outcome(),
                            done.provenance()));
        } else if (result instanceof RunResult.Failed lost) {
            failed.incrementAndGet();
            end(
                    run,
                    new RunRecord(
                            RunRecord.SCHEMA_VERSION,
                            run.runId(),
                            surroundings.experiment(),
                            run.variant(),
                            Status.FAILED,
                            run.spec(),
                            lost.failure(),
                            null,
                            lost.provenance()));
        } else {
            stopped.incrementAndGet();
            listener.stopped(run);
        }
    }

    private void end(PlannedRun run, RunRecord record) {
        store.write(record);
        listener.ended(run, record);
    }
}
