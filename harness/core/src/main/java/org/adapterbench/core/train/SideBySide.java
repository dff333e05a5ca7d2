package org.adapterbench.core.train;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.adapterbench.api.record.Numerics;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Result;

/**
 * Computes parts of a batch at the same time, so that threads do not wait for each other at the end of every operation.
 */
final class SideBySide implements AutoCloseable {

    /** At a time. */
    private static final int FAST_PARTS = 2;
    /** Of a part in a forward pass, about: chosen by {@code make bench-shares NUMERICS=fast}. */
    private static final int FAST_TOKENS = 1024;

    private final int atATime;
    /** Work beside that of the caller's thread; null where that thread computes all. */
    private final @Nullable ExecutorService others;
    /** What TensorFlow has prepared. */
    private final Set<Pass> prepared = EnumSet.noneOf(Pass.class);

    /** What is asked of a graph; TensorFlow prepares each when it is first asked. */
    enum Pass {
        FROZEN_LAYERS,
        LOGITS,
        GRADIENTS
    }

    /** Makes a pass over one part of a batch. */
    interface Computation {
        /** @param index of the part, from 0 */
        Result of(Batch part, int index);
    }

    /**
     * @param atATime so many parts
     * @param threads with one, the parts follow each other
     */
    SideBySide(int atATime, int threads) {
        this.atATime = atATime;
        this.others = atATime == 1 || threads == 1
                ? null
                : Executors.newFixedThreadPool(atATime - 1, work -> {
                    Thread thread = new Thread(work, "part of a batch");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** How many parts are computed at a time: portable batches stay whole, since their sums have one order. */
    static int atATime(Numerics numerics) {
        return numerics == Numerics.PORTABLE ? 1 : FAST_PARTS;
    }

    int atATime() {
        return atATime;
    }

    /** Parts whose gradients add up to those of the batch. */
    List<Batch> cut(Batch batch) {
        return batch.parts(atATime);
    }

    /**
     * Parts for a pass in which rows need nothing of each other, as many as the shape of the batch says; those without
     * examples, at its end, are left out.
     */
    List<Batch> cutForward(Batch batch) {
        int parts = atATime;
        while (parts > 1 && parts < batch.rows() && rowsEach(batch, parts) * batch.length() > FAST_TOKENS) {
            parts *= 2;
        }
        int each = rowsEach(batch, parts);
        int filled = Math.max(1, (batch.examples().length + each - 1) / each);
        return batch.parts((batch.rows() + each - 1) / each).subList(0, filled);
    }

    private static int rowsEach(Batch batch, int parts) {
        return (batch.rows() + parts - 1) / parts;
    }

    /** One result a part, in their order, to be closed by the caller. */
    List<Result> each(Pass pass, List<Batch> parts, Computation computation) {
        if (others != null && prepared.add(pass)) {
            // Asked by several threads at once, TensorFlow would prepare the pass for each of them.
            Batch first = parts.get(0);
            computation.of(first.parts(first.rows()).get(0), 0).close();
        }
        Turns turns = new Turns(parts, computation);
        List<CompletableFuture<Void>> beside = others == null
                ? List.of()
                : IntStream.range(1, atATime)
                        .mapToObj(i -> CompletableFuture.runAsync(turns::take, others))
                        .toList();
        turns.take();
        beside.forEach(CompletableFuture::join);
        return turns.results();
    }

    /** Parts that threads take in turn. */
    private static final class Turns {
        private final List<Batch> parts;
        private final Computation computation;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicReferenceArray<Result> results;
        private final AtomicReference<Throwable> failure = new AtomicReference<>();

        Turns(List<Batch> parts, Computation computation) {
            this.parts = parts;
            this.computation = computation;
            this.results = new AtomicReferenceArray<>(parts.size());
        }

        /** Until none is left or one failed; throws nothing, so that all threads can be waited for. */
        void take() {
            for (int i = next.getAndIncrement();
                    i < parts.size() && failure.get() == null;
                    i = next.getAndIncrement()) {
                try {
                    results.set(i, computation.of(parts.get(i), i));
                } catch (Throwable e) {
                    failure.compareAndSet(null, e);
                }
            }
        }

        List<Result> results() {
            List<Result> all = IntStream.range(0, parts.size())
                    .mapToObj(results::get)
                    .filter(Objects::nonNull)
                    .toList();
            Throwable first = failure.get();
            if (first != null) {
                all.forEach(Result::close);
                if (first instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) first;
            }
            return all;
        }
    }

    @Override
    public void close() {
        if (others != null) {
            others.shutdown();
        }
    }
}
