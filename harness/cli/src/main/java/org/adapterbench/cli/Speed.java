package org.adapterbench.cli;

import java.time.Duration;
import java.util.List;
import org.adapterbench.api.record.Numerics;

/** Turns work into time. */
final class Speed {

    /**
     * Share of the matrix-multiply rate that training reaches: the matrix products are the larger part of a
     * step, and the rest is bound by memory.
     */
    private static final double SHARE = 0.6;

    /** By how much quicker mixed precision is than that ({@code make bench-portability}). */
    private static final double MIXED_PRECISION = 1.35;

    /** The rate by which the start is turned into work, where none was measured. */
    private static final double USUAL_GIGAFLOPS = 100;

    private Speed() {}

    /** A run's share of the whole grid's time, in any unit. */
    static double work(RunCost cost, Numerics numerics) {
        return time(List.of(cost), numerics, USUAL_GIGAFLOPS).toMillis();
    }

    /**
     * The time of runs one after the other.
     *
     * @param gigaflops matrix-multiply rate in fp32 in the environment of these numerics
     */
    static Duration time(List<RunCost> costs, Numerics numerics, double gigaflops) {
        double share = numerics == Numerics.FAST_BF16 ? MIXED_PRECISION * SHARE : SHARE;
        double seconds = costs.stream().mapToDouble(RunCost::flops).sum() / (gigaflops * 1e9 * share);
        return Duration.ofMillis((long) (seconds * 1000)).plus(start(numerics).multipliedBy(costs.size()));
    }

    /** Building graphs and their first step, a run. */
    private static Duration start(Numerics numerics) {
        return Duration.ofSeconds(numerics == Numerics.PORTABLE ? 2 : 1);
    }
}
