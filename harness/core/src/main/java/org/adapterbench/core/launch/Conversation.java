package org.adapterbench.core.launch;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.adapterbench.api.FailureKind;
import org.adapterbench.api.record.Provenance;
import org.adapterbench.api.record.RunRecord.Failure;
import org.adapterbench.core.launch.WorkerProcess.End;
import org.adapterbench.core.launch.WorkerProcess.Next;
import org.adapterbench.core.launch.WorkerProcess.Said;
import org.adapterbench.core.launch.WorkerProcess.Silence;
import org.adapterbench.core.provenance.ProvenanceCollector;
import org.adapterbench.core.run.RunListener;
import org.adapterbench.core.run.RunRequest;
import org.jspecify.annotations.Nullable;

/** One run's exchange with its worker, from the command to the result. */
final class Conversation {

    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration LEAVE = Duration.ofSeconds(8);

    private final RunRequest request;
    private final RunListener listener;
    private final LocalLauncherSettings settings;
    private final OutOfMemoryKills kills = new OutOfMemoryKills();
    private final long killsBefore = kills.count();
    private final Instant started = Instant.now();
    private final long startedNanos = System.nanoTime();
    private double startUpSeconds;
    private @Nullable Provenance provenance;

    Conversation(RunRequest request, RunListener listener, LocalLauncherSettings settings) {
        this.request = request;
        this.listener = listener;
        this.settings = settings;
    }

    /** Whether a worker that was just started is up. */
    boolean ready(WorkerProcess worker) throws InterruptedException {
        return worker.next(settings.startUp()) instanceof Said said && said.message() instanceof WorkerMessage.Ready;
    }

    /** The result of a worker that never came up. */
    RunResult lost(WorkerProcess worker) throws InterruptedException {
        return worker.isAlive()
                ? killed(
                        worker,
                        "the worker did not start within " + settings.startUp().toSeconds() + " s")
                : dead(worker);
    }

    /** Hands over the run and listens to its end. */
    RunResult hold(WorkerProcess worker) throws InterruptedException {
        worker.send(new Command.Run(request.withCheckpointEvery(settings.checkpointInterval())));
        while (true) {
            Next next = worker.next(settings.silence());
            if (next instanceof Silence) {
                return killed(worker, "no progress for " + settings.silence().toSeconds() + " s");
            }
            if (next instanceof End) {
                return dead(worker);
            }
            RunResult result = next instanceof Said said ? hear(worker, said.message()) : null;
            if (result != null) {
                return result;
            }
        }
    }

    private @Nullable RunResult hear(WorkerProcess worker, WorkerMessage message) throws InterruptedException {
        if (message instanceof WorkerMessage.Begun begun) {
            provenance = begun.provenance();
            startUpSeconds = (System.nanoTime() - startedNanos) * 1e-9;
        } else if (message instanceof WorkerMessage.Stage stage) {
            listener.stage(stage.name());
        } else if (message instanceof WorkerMessage.Step step) {
            float loss = Objects.requireNonNullElse(step.loss(), Float.NaN);
            listener.step(step.stage(), step.step(), step.steps(), loss);
        } else if (message instanceof WorkerMessage.Resumed resumed) {
            listener.resumed(resumed.stage(), resumed.step(), resumed.steps());
        } else if (message instanceof WorkerMessage.Scored scored) {
            listener.scored(scored.stage(), scored.batches());
        } else if (message instanceof WorkerMessage.Evaluated evaluated) {
            listener.evaluated(evaluated.stage(), evaluated.epoch());
        } else if (message instanceof WorkerMessage.Finished finished) {
            return new RunResult.Finished(finished.outcome(), provenance());
        } else if (message instanceof WorkerMessage.Failed failed) {
            worker.end(LEAVE);
            return failed(failed.kind(), failed.message());
        } else if (message instanceof WorkerMessage.Stopped) {
            return new RunResult.Stopped();
        }
        return null;
    }

    private RunResult killed(WorkerProcess worker, String why) throws InterruptedException {
        worker.kill();
        worker.end(AT_ONCE);
        return failed(FailureKind.HUNG, why);
    }

    private RunResult dead(WorkerProcess worker) throws InterruptedException {
        int exit = worker.end(LEAVE);
        String crash = worker.keepCrashReport(request.folder())
                .map(CrashReport::summary)
                .orElse(null);
        boolean killedByKernel = kills.count() > killsBefore;
        Failure failure = ExitDiagnosis.of(exit, crash, WorkerLog.tail(request.folder()), killedByKernel);
        return new RunResult.Failed(failure, provenance());
    }

    /** From the launch until the worker had its libraries loaded and began. */
    double startUpSeconds() {
        return startUpSeconds;
    }

    /** A failure with the end of the run's log. */
    RunResult failed(FailureKind kind, String message) {
        return new RunResult.Failed(new Failure(kind, message, WorkerLog.tail(request.folder())), provenance());
    }

    /** The worker's own account, or where it gave none, this process's with the worker's environment. */
    private Provenance provenance() {
        if (provenance != null) {
            return provenance;
        }
        var environment = WorkerProfile.of(request.spec()).environment(settings.environment(), settings.cache());
        return new ProvenanceCollector(environment).collect(started, "unknown");
    }
}
