package org.adapterbench.core.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.adapterbench.api.FailureKind;
import org.adapterbench.api.UserError;
import org.adapterbench.core.grid.PlannedRun;
import org.adapterbench.core.run.RunListener;
import org.adapterbench.core.run.RunRequest;
import org.adapterbench.core.run.StageName;
import org.jspecify.annotations.Nullable;

/**
 * Runs in child processes of this JVM, on this machine. A worker serves run after run, and between two runs of a
 * group none of another; after a failed run it is replaced, since nothing is known about the state that it is left in.
 */
public final class LocalLauncher implements Launcher {

    /** How long a worker may take to end its current step. */
    private static final Duration STOP = Duration.ofSeconds(8);

    private final LocalLauncherSettings settings;
    private final Path crashFolder;
    private final Deque<Idle> idle = new ArrayDeque<>();
    private final Set<WorkerProcess> busy = new HashSet<>();
    private boolean stopping;

    /** @param keptFor the group whose next run it serves, null for any run */
    private record Idle(WorkerProcess worker, PlannedRun.@Nullable Group keptFor) {

        boolean serves(PlannedRun.@Nullable Group group, WorkerProfile profile) {
            return Objects.equals(keptFor, group) && worker.profile().equals(profile) && worker.isAlive();
        }
    }

    public LocalLauncher(LocalLauncherSettings settings) {
        this.settings = settings;
        try {
            this.crashFolder = Files.createTempDirectory("adapterbench-workers");
        } catch (IOException e) {
            throw new UserError(
                    "temporary folder: cannot be written: " + e.getMessage() + " (allowed: a writable java.io.tmpdir)",
                    e);
        }
    }

    @Override
    public RunResult launch(RunRequest request, RunListener listener) {
        if (stopping()) {
            return new RunResult.Stopped();
        }
        Conversation conversation = new Conversation(request, listener, settings);
        WorkerProfile profile = WorkerProfile.of(request.spec());
        PlannedRun.Group group = PlannedRun.Group.of(request.spec());
        try {
            Optional<WorkerProcess> waiting = takeIdle(profile, group);
            WorkerProcess worker =
                    waiting.isPresent() ? waiting.get() : WorkerProcess.start(profile, settings, crashFolder);
            if (!admit(worker)) {
                worker.end(STOP);
                return new RunResult.Stopped();
            }
            try {
                worker.log().expect(request.folder());
                boolean ready = waiting.isPresent() || conversation.ready(worker);
                RunResult result = ready ? conversation.hold(worker) : conversation.lost(worker);
                return settle(worker, group, result, conversation.startUpSeconds());
            } catch (InterruptedException e) {
                worker.kill();
                throw e;
            }
        } catch (IOException e) {
            return conversation.failed(FailureKind.ENVIRONMENT, "no worker can be started: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new RunResult.Stopped();
        }
    }

    private synchronized Optional<WorkerProcess> takeIdle(WorkerProfile profile, PlannedRun.Group group) {
        Optional<Idle> fitting = Stream.concat(
                        idle.stream().filter(candidate -> candidate.serves(group, profile)),
                        idle.stream().filter(candidate -> candidate.serves(null, profile)))
                .findFirst();
        fitting.ifPresent(idle::remove);
        return fitting.map(Idle::worker);
    }

    @Override
    public synchronized void release(PlannedRun.Group group) {
        List<Idle> all = new ArrayList<>(idle);
        idle.clear();
        all.forEach(kept -> idle.add(group.equals(kept.keptFor()) ? new Idle(kept.worker(), null) : kept));
    }

    private synchronized boolean admit(WorkerProcess worker) {
        if (!stopping) {
            busy.add(worker);
        }
        return !stopping;
    }

    private RunResult settle(WorkerProcess worker, PlannedRun.Group group, RunResult result, double startUp)
            throws InterruptedException {
        boolean stopped;
        synchronized (this) {
            busy.remove(worker);
            stopped = stopping;
            if (!stopped && result instanceof RunResult.Finished) {
                idle.add(new Idle(worker, group));
            }
        }
        if (result instanceof RunResult.Finished finished) {
            if (stopped) {
                worker.end(STOP);
            }
            return new RunResult.Finished(
                    finished.outcome().withStage(StageName.START_UP, startUp), finished.provenance());
        }
        worker.end(STOP);
        // A worker that had to be killed at a stop has not failed.
        return stopped ? new RunResult.Stopped() : result;
    }

    @Override
    public synchronized boolean stopping() {
        return stopping;
    }

    @Override
    public void stop() {
        List<WorkerProcess> running;
        synchronized (this) {
            stopping = true;
            running = new ArrayList<>(busy);
        }
        running.forEach(WorkerProcess::requestStop);
        try {
            long deadline = System.nanoTime() + STOP.toNanos();
            for (WorkerProcess worker : running) {
                awaitEnd(worker, deadline);
            }
        } catch (InterruptedException e) {
            running.forEach(WorkerProcess::kill);
            Thread.currentThread().interrupt();
        }
        close();
    }

    private static void awaitEnd(WorkerProcess worker, long deadline) throws InterruptedException {
        if (!worker.awaitEnd(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
            worker.kill();
            worker.awaitEnd(STOP);
        }
    }

    @Override
    public void close() {
        List<WorkerProcess> ending;
        synchronized (this) {
            ending = idle.stream().map(Idle::worker).toList();
            idle.clear();
        }
        try {
            for (WorkerProcess worker : ending) {
                worker.end(STOP);
            }
        } catch (InterruptedException e) {
            ending.forEach(WorkerProcess::kill);
            Thread.currentThread().interrupt();
        }
        removeCrashFolder();
    }

    private void removeCrashFolder() {
        try (Stream<Path> files = Files.exists(crashFolder) ? Files.list(crashFolder) : Stream.empty()) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(crashFolder);
        } catch (IOException e) {
            // A temporary folder that stays behind does no harm.
        }
    }
}
