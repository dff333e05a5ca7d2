package org.adapterbench.benchmarks;

import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.core.train.EncodedExample;
import org.adapterbench.core.train.Evaluator.EvaluationSet;
import org.adapterbench.core.train.FrozenPrefix;
import org.adapterbench.core.train.TrainingListener;

/**
 * A training that goes on by one epoch when it is asked to, so that two of them can take turns. It computes on a thread
 * of its own, which rests while nobody asks.
 */
final class EpochByEpoch implements AutoCloseable {

    private final Semaphore asked = new Semaphore(0);
    private final SynchronousQueue<Told> told = new SynchronousQueue<>();
    private final Thread thread;

    /** Trains and is scored on the same examples. */
    EpochByEpoch(Subject subject, List<EncodedExample> examples, FrozenPrefix prefix) {
        this.thread = new Thread(() -> train(subject, examples, prefix), "epochs");
        thread.setDaemon(true);
        thread.start();
    }

    /** Seconds of one epoch's steps and of its evaluation. */
    record Times(double training, double evaluation) {}

    private sealed interface Told {
        /** An epoch was trained and scored. */
        record Epoch(Times times) implements Told {}

        /** There will be no more. */
        record Failure(Throwable cause) implements Told {}
    }

    /** The next epoch's times; the first are those of the evaluation before the first step. */
    Times next() throws InterruptedException {
        asked.release();
        if (told.take() instanceof Told.Epoch epoch) {
            return epoch.times();
        }
        throw new IllegalStateException("the training failed, see above");
    }

    private void train(Subject subject, List<EncodedExample> examples, FrozenPrefix prefix) {
        try {
            asked.acquire();
            Trainings.train(subject, examples, List.of(new EvaluationSet("dev", examples)), prefix, new Turns());
        } catch (Stopped | InterruptedException e) {
            // Nobody asks any more.
        } catch (Throwable e) {
            e.printStackTrace();
            tell(new Told.Failure(e));
        }
    }

    private void tell(Told event) {
        try {
            told.put(event);
        } catch (InterruptedException e) {
            throw new Stopped();
        }
    }

    /** Ends a training that has epochs left. */
    private static final class Stopped extends RuntimeException {

        private static final long serialVersionUID = 1;
    }

    private final class Turns implements TrainingListener {

        private long epochStarted = System.nanoTime();
        private long lastStep = epochStarted;

        @Override
        public void step(String stage, int step, int steps, float loss) {
            lastStep = System.nanoTime();
        }

        @Override
        public void evaluated(String stage, Outcome.Epoch epoch) {
            long now = System.nanoTime();
            tell(new Told.Epoch(new Times((lastStep - epochStarted) * 1e-9, (now - lastStep) * 1e-9)));
            await();
            epochStarted = System.nanoTime();
            lastStep = epochStarted;
        }

        private void await() {
            try {
                asked.acquire();
            } catch (InterruptedException e) {
                throw new Stopped();
            }
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
