package org.adapterbench.core.run;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.adapterbench.core.RunStopped;

/** Wall time by stage; tells the listener when a stage begins. */
final class Stages {

    private final RunListener listener;
    private final SortedMap<String, Double> seconds = new TreeMap<>();

    Stages(RunListener listener) {
        this.listener = listener;
    }

    /** Does the stage's work and adds its time. */
    <T> T time(String stage, Supplier<T> work) {
        RunStopped.check();
        listener.stage(stage);
        long started = System.nanoTime();
        try {
            return work.get();
        } finally {
            add(stage, (System.nanoTime() - started) * 1e-9);
        }
    }

    void add(String stage, double stageSeconds) {
        seconds.merge(stage, stageSeconds, Double::sum);
    }

    SortedMap<String, Double> seconds() {
        return new TreeMap<>(seconds);
    }
}
