package org.adapterbench.cli;

import java.time.Duration;
import java.util.List;

/** Turns work into time. */
final class Speed {

    /**
     * Share of the matrix-multiply rate that training reaches: the matrix products are the larger part of a
     * step, and the rest is bound by memory.
     */
    private static final double SHARE = 0.6;

    /** Building graphs and their first step, a run. */
    private static final Duration START = Duration.ofSeconds(2);

    /** The rate by which the start is turned into work, where none was measured. */
    private static final double USUAL_GIGAFLOPS = 100;

    private Speed() {}

    /** A run's share of the whole grid's time, in any unit. */
    static double work(RunCost cost) {
        return time(List.of(cost), USUAL_GIGAFLOPS).toMillis();
    }

    /** The time of runs one after the other. */
    static Duration time(List<RunCost> costs, double gigaflops) {
        double seconds = costs.stream().mapToDouble(RunCost::flops).sum() / (gigaflops * 1e9 * SHARE);
        return Duration.ofMillis((long) (seconds * 1000)).plus(START.multipliedBy(costs.size()));
    }
}
