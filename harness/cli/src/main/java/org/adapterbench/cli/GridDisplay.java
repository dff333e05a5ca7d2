package org.adapterbench.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.adapterbench.api.OneLine;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.api.task.Metric;
import org.adapterbench.core.grid.PlannedRun;
import org.adapterbench.core.launch.GridListener;
import org.adapterbench.core.plugin.TaskCatalog;
import org.adapterbench.core.run.RunListener;

/** Shows a grid's progress and says in one line how each run ended. Safe for use by several threads. */
final class GridDisplay implements GridListener {

    private final Progress progress;
    private final Screen screen;
    private final TaskCatalog tasks;
    private final boolean severalEncoders;

    /** @param severalEncoders whether a run's name must say which it has */
    GridDisplay(Progress progress, Screen screen, TaskCatalog tasks, boolean severalEncoders) {
        this.progress = progress;
        this.screen = screen;
        this.tasks = tasks;
        this.severalEncoders = severalEncoders;
    }

    @Override
    public synchronized RunListener started(PlannedRun run) {
        progress.begin(run.runId(), label(run));
        screen.show(progress);
        return new OneRun(run);
    }

    @Override
    public synchronized void ended(PlannedRun run, RunRecord record) {
        progress.end(run.runId(), record.failure() == null);
        screen.print(label(run) + ": " + result(record));
        screen.show(progress);
    }

    @Override
    public synchronized void stopped(PlannedRun run) {
        progress.drop(run.runId());
    }

    private String label(PlannedRun run) {
        return Label.of(run, severalEncoders);
    }

    private String result(RunRecord record) {
        RunRecord.Failure failure = record.failure();
        if (failure != null) {
            return OneLine.of("FAILED, " + failure.kind() + ": " + failure.message());
        }
        Outcome outcome = record.outcome();
        if (outcome == null) {
            return "no outcome";
        }
        double seconds = outcome.cost().stages().values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
        return primary(record.spec().task().name(), outcome.reported())
                .map(score -> String.format(Locale.ROOT, "%s %.3f, %.0f s", score.name(), score.value(), seconds))
                .orElse("finished");
    }

    private record Score(String name, double value) {}

    /** The primary metric on the primary split, which comes first. */
    private Optional<Score> primary(String task, List<Outcome.SplitScore> scores) {
        Metric metric = tasks.get("progress", task).primaryMetric();
        return scores.stream()
                .findFirst()
                .map(score -> score.metrics().get(metric.name()))
                .map(value -> new Score(metric.name(), value));
    }

    /** Passes on what one run says. */
    private final class OneRun implements RunListener {

        private final PlannedRun run;

        private OneRun(PlannedRun run) {
            this.run = run;
        }

        @Override
        public void stage(String name) {
            synchronized (GridDisplay.this) {
                progress.stage(run.runId(), name);
                screen.show(progress);
            }
        }

        @Override
        public void step(String stage, int step, int steps, float loss) {
            synchronized (GridDisplay.this) {
                progress.step(run.runId(), stage, step, steps, loss);
                screen.show(progress);
            }
        }

        @Override
        public void resumed(String stage, int step, int steps) {
            synchronized (GridDisplay.this) {
                screen.print(label(run) + ": " + stage + " goes on after step " + step + " of " + steps);
            }
        }

        @Override
        public void scored(String stage, int batches) {
            synchronized (GridDisplay.this) {
                screen.show(progress);
            }
        }

        @Override
        public void evaluated(String stage, Outcome.Epoch epoch) {
            synchronized (GridDisplay.this) {
                primary(run.spec().task().name(), epoch.scores())
                        .ifPresent(score -> progress.metric(run.runId(), score.name(), score.value()));
                screen.show(progress);
            }
        }
    }
}
