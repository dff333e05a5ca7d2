package org.adapterbench.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.adapterbench.core.run.StageName;

/**
 * How far a grid is: counts, the runs under way, and the time left by the share of the estimated work that is
 * done. Not safe for concurrent use.
 */
final class Progress {

    /** Below this share of the work, a prediction from it would be a guess. */
    private static final double ENOUGH_SHARE = 0.01;

    /** A warm-up is about half of the run that makes it; the rest is the method's. */
    private static final double WARM_UP_SHARE = 0.5;

    private final Map<String, Double> work = new LinkedHashMap<>();
    private final Map<String, Running> running = new LinkedHashMap<>();
    private final LongSupplier nanoTime;
    private final long started;
    private double allWork;
    private double doneWork;
    private int finished;
    private int failed;

    /** A run under way, with what was last heard of it. */
    private static final class Running {
        private final String label;
        private String stage = "starting";
        private String metric = "";
        private int step;
        private int steps;
        private float loss = Float.NaN;
        private double share;
        private boolean makesWarmup;

        private Running(String label) {
            this.label = label;
        }
    }

    /** @param nanoTime a clock like {@link System#nanoTime()} */
    Progress(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.started = nanoTime.getAsLong();
    }

    /** Announces a run that is to be executed, with its estimated work in any unit. */
    void expect(String runId, double estimatedWork) {
        work.put(runId, estimatedWork);
        allWork += estimatedWork;
    }

    void begin(String runId, String label) {
        running.put(runId, new Running(label));
    }

    void stage(String runId, String stage) {
        Running run = running.get(runId);
        if (run != null) {
            run.stage = stage;
            run.step = 0;
            run.steps = 0;
        }
    }

    void step(String runId, String stage, int step, int steps, float loss) {
        Running run = running.get(runId);
        if (run != null) {
            run.stage = stage;
            run.step = step;
            run.steps = steps;
            run.loss = loss;
            double part = (double) step / steps;
            if (stage.equals(StageName.WARM_UP)) {
                run.makesWarmup = true;
                run.share = WARM_UP_SHARE * part;
            } else {
                run.share = run.makesWarmup ? WARM_UP_SHARE + (1 - WARM_UP_SHARE) * part : part;
            }
        }
    }

    /** The latest value of the metric that the run is judged by. */
    void metric(String runId, String name, double value) {
        Running run = running.get(runId);
        if (run != null) {
            run.metric = String.format(Locale.ROOT, ", %s %.3f", name, value);
        }
    }

    void end(String runId, boolean success) {
        running.remove(runId);
        doneWork += work.getOrDefault(runId, 0.0);
        if (success) {
            finished++;
        } else {
            failed++;
        }
    }

    /** The run was stopped and counts neither as finished nor as failed. */
    void drop(String runId) {
        running.remove(runId);
    }

    Duration elapsed() {
        return Duration.ofNanos(nanoTime.getAsLong() - started);
    }

    /** The expected time to the end; absent while too little is done to tell. */
    Optional<Duration> left() {
        double done = doneWork;
        for (Map.Entry<String, Running> entry : running.entrySet()) {
            done += work.getOrDefault(entry.getKey(), 0.0) * entry.getValue().share;
        }
        double share = allWork == 0 ? 1 : done / allWork;
        return share < ENOUGH_SHARE
                ? Optional.empty()
                : Optional.of(Duration.ofNanos((long) (elapsed().toNanos() * (1 - share) / share)));
    }

    /** The state of the whole in one line. */
    String overall() {
        StringBuilder line = new StringBuilder();
        line.append(finished + failed).append(" of ").append(Text.runs(work.size()));
        if (failed > 0) {
            line.append(", ").append(failed).append(" failed");
        }
        line.append(", ").append(Text.time(elapsed())).append(" gone");
        left().ifPresent(left -> line.append(", about ").append(Text.time(left)).append(" left"));
        return line.toString();
    }

    /** The runs under way, one line each. */
    List<String> runs() {
        List<String> lines = new ArrayList<>();
        for (Running run : running.values()) {
            StringBuilder line = new StringBuilder(run.label + ": " + run.stage);
            if (run.steps > 0) {
                line.append(' ').append(run.step).append('/').append(run.steps);
                line.append(String.format(Locale.ROOT, ", loss %.3f", run.loss));
            }
            lines.add(line + run.metric);
        }
        return lines;
    }
}
