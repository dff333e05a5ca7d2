package org.adapterbench.core.train;

/**
 * Linear rise and fall of the learning rate, as in Hugging Face's {@code get_linear_schedule_with_warmup}.
 *
 * @param rising steps with rising rate
 * @param total  steps in all
 */
public record Schedule(int rising, int total) {

    /** The schedule with a share of rising steps, rounded down. */
    public static Schedule of(int total, double warmupFraction) {
        return new Schedule((int) (warmupFraction * total), total);
    }

    /** Share of the peak rate at a step, counted from 0. */
    public double share(int step) {
        if (step < rising) {
            return (double) step / Math.max(1, rising);
        }
        return Math.max(0, (double) (total - step) / Math.max(1, total - rising));
    }
}
