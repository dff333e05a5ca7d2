package org.adapterbench.core.launch;

import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.core.RunStopped;
import org.adapterbench.core.json.Json;
import org.adapterbench.core.provenance.ProvenanceCollector;
import org.adapterbench.core.run.RunExecutor;
import org.adapterbench.core.run.RunListener;
import org.adapterbench.core.run.RunRequest;
import org.jspecify.annotations.Nullable;

/** Executes runs in a worker and reports each one's begin, progress and end. */
final class WorkerRun implements AutoCloseable {

    private final Supplier<RunExecutor> opener;
    private final Consumer<WorkerMessage> messages;
    private final ProvenanceCollector provenance = new ProvenanceCollector(System.getenv());
    private @Nullable RunExecutor execution;

    WorkerRun(Supplier<RunExecutor> opener, Consumer<WorkerMessage> messages) {
        this.opener = opener;
        this.messages = messages;
        // Where no file can be opened any more, no class is found either that could say so.
        Json.line(FailureClassifier.message(new IllegalStateException("nothing has failed yet")));
    }

    /** Never throws: whatever happens becomes the last message. */
    void execute(RunRequest request, BooleanSupplier stopping) {
        System.err.println(LogMark.begin(request.runId()));
        WorkerMessage last = result(request, stopping);
        System.err.println(LogMark.end(request.runId()));
        try {
            messages.accept(last);
        } catch (IllegalArgumentException e) {
            // Not a number somewhere in the outcome.
            e.printStackTrace();
            messages.accept(FailureClassifier.message(e));
        }
    }

    // Errors included: a run that dies of a missing class or a full heap is recorded like any other.
    private WorkerMessage result(RunRequest request, BooleanSupplier stopping) {
        try {
            OpenFiles.requireEnough();
            Instant started = Instant.now();
            RunExecutor current = execution == null ? opener.get() : execution;
            execution = current;
            messages.accept(new WorkerMessage.Begun(provenance.collect(started, current.tensorflowVersion())));
            return new WorkerMessage.Finished(current.execute(request, new Forwarding()));
        } catch (RunStopped e) {
            return new WorkerMessage.Stopped();
        } catch (Throwable e) {
            e.printStackTrace();
            // An interrupted file operation fails in its own way, but it is the stop that ended it.
            return stopping.getAsBoolean() ? new WorkerMessage.Stopped() : FailureClassifier.message(e);
        }
    }

    @Override
    public void close() {
        if (execution != null) {
            execution.close();
        }
    }

    private final class Forwarding implements RunListener {
        @Override
        public void stage(String name) {
            messages.accept(new WorkerMessage.Stage(name));
        }

        @Override
        public void step(String stage, int step, int steps, float loss) {
            messages.accept(new WorkerMessage.Step(stage, step, steps, Float.isFinite(loss) ? loss : null));
        }

        @Override
        public void resumed(String stage, int step, int steps) {
            messages.accept(new WorkerMessage.Resumed(stage, step, steps));
        }

        @Override
        public void scored(String stage, int batches) {
            messages.accept(new WorkerMessage.Scored(stage, batches));
        }

        @Override
        public void evaluated(String stage, Outcome.Epoch epoch) {
            messages.accept(new WorkerMessage.Evaluated(stage, epoch));
        }
    }
}
