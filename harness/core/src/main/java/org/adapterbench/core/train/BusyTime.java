package org.adapterbench.core.train;

import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Wall time in which at least one thread was at some work. */
final class BusyTime {

    private final LongSupplier nanoTime;
    private int working;
    private long since;
    private long nanos;

    BusyTime(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    <T> T during(Supplier<T> work) {
        begin();
        try {
            return work.get();
        } finally {
            end();
        }
    }

    private synchronized void begin() {
        if (working++ == 0) {
            since = nanoTime.getAsLong();
        }
    }

    private synchronized void end() {
        if (--working == 0) {
            nanos += nanoTime.getAsLong() - since;
        }
    }

    synchronized double seconds() {
        return nanos * 1e-9;
    }
}
