package org.adapterbench.core.train;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Divides the wall time of a stage of training into parts: each moment counts for the innermost part under way. */
final class TrainingClock {

    /** What time goes into. */
    enum Part {
        TRAINING,
        EVALUATION,
        FROZEN_LAYERS,
        CHECKPOINT
    }

    private final LongSupplier nanoTime;
    private final Map<Part, Long> nanos = new EnumMap<>(Part.class);
    private TrainingSeconds earlier = TrainingSeconds.NONE;
    private Part current = Part.TRAINING;
    private long since;

    /** Begins to count for {@link Part#TRAINING}. */
    TrainingClock(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.since = nanoTime.getAsLong();
    }

    /** Does work that counts for a part and no longer for the one around it. */
    <T> T time(Part part, Supplier<T> work) {
        Part around = current;
        change(part);
        try {
            return work.get();
        } finally {
            change(around);
        }
    }

    /** The same for work without a result. */
    void time(Part part, Runnable work) {
        time(part, () -> {
            work.run();
            return true;
        });
    }

    private void change(Part next) {
        long now = nanoTime.getAsLong();
        nanos.merge(current, now - since, Long::sum);
        since = now;
        current = next;
    }

    /** Goes on from what earlier processes counted. */
    void resume(TrainingSeconds before) {
        earlier = before;
    }

    /** What earlier processes counted. */
    TrainingSeconds earlier() {
        return earlier;
    }

    /** All up to now, parts under way included. */
    TrainingSeconds seconds() {
        change(current);
        return new TrainingSeconds(
                earlier.training() + own(Part.TRAINING),
                earlier.evaluation() + own(Part.EVALUATION),
                earlier.frozenLayers() + own(Part.FROZEN_LAYERS),
                earlier.checkpoint() + own(Part.CHECKPOINT));
    }

    private double own(Part part) {
        return nanos.getOrDefault(part, 0L) / 1e9;
    }
}
