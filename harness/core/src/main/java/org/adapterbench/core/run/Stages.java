package org.adapterbench.core.run;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.adapterbench.core.RunStopped;
import org.adapterbench.core.train.TrainingSeconds;

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

    /**
     * Divides a stage of training that was timed here, after adding what earlier processes spent on it.
     *
     * @param seconds        all of it, by what it went into
     * @param earlierSeconds part of it: what earlier processes spent
     */
    void divide(String stage, TrainingSeconds seconds, double earlierSeconds) {
        add(stage, earlierSeconds - seconds.evaluation() - seconds.frozenLayers() - seconds.checkpoint());
        add(StageName.EVALUATE, seconds.evaluation());
        add(StageName.FROZEN_LAYERS, seconds.frozenLayers());
        add(StageName.CHECKPOINT, seconds.checkpoint());
    }

    SortedMap<String, Double> seconds() {
        return new TreeMap<>(seconds);
    }
}
