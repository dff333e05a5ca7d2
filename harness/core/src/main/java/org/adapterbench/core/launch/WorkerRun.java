package org.adapterbench.core.launch;

import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.core.RunStopped;
import org.adapterbench.core.provenance.ProvenanceCollector;
import org.adapterbench.core.run.RunExecution;
import org.adapterbench.core.run.RunListener;
import org.adapterbench.core.run.RunRequest;
import org.jspecify.annotations.Nullable;

/** Executes runs in a worker and reports each one's begin, progress and end. */
final class WorkerRun implements AutoCloseable {

    private final Supplier<RunExecution> opener;
    private final Consumer<Report> reports;
    private final ProvenanceCollector provenance = new ProvenanceCollector(System.getenv());
    private @Nullable RunExecution execution;

    WorkerRun(Supplier<RunExecution> opener, Consumer<Report> reports) {
        this.opener = opener;
        this.reports = reports;
    }

    /** Never throws: whatever happens becomes the last report. */
    void execute(RunRequest request, BooleanSupplier stopping) {
        System.err.println(LogMark.begin(request.runId()));
        Report last = result(request, stopping);
        System.err.println(LogMark.end(request.runId()));
        try {
            reports.accept(last);
        } catch (IllegalArgumentException e) {
            // Not a number somewhere in the outcome.
            e.printStackTrace();
            reports.accept(FailureClassifier.report(e));
        }
    }

    // Errors included: a run that dies of a missing class or a full heap is recorded like any other.
    private Report result(RunRequest request, BooleanSupplier stopping) {
        try {
            Instant started = Instant.now();
            RunExecution current = execution == null ? opener.get() : execution;
            execution = current;
            reports.accept(new Report.Begun(provenance.collect(started, current.tensorflowVersion())));
            return new Report.Finished(current.execute(request, new Forwarding()));
        } catch (RunStopped e) {
            return new Report.Stopped();
        } catch (Throwable e) {
            e.printStackTrace();
            // An interrupted file operation fails in its own way, but it is the stop that ended it.
            return stopping.getAsBoolean() ? new Report.Stopped() : FailureClassifier.report(e);
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
            reports.accept(new Report.Stage(name));
        }

        @Override
        public void step(String stage, int step, int steps, float loss) {
            reports.accept(new Report.Step(stage, step, steps, Float.isFinite(loss) ? loss : null));
        }

        @Override
        public void resumed(String stage, int step, int steps) {
            reports.accept(new Report.Resumed(stage, step, steps));
        }

        @Override
        public void scored(String stage, int batches) {
            reports.accept(new Report.Scored(stage, batches));
        }

        @Override
        public void evaluated(String stage, Outcome.Epoch epoch) {
            reports.accept(new Report.Evaluated(stage, epoch));
        }
    }
}
