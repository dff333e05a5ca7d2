package org.adapterbench.datasets.download;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Closes a stream from which nothing comes any more, so that a read that would wait for ever ends. The HTTP
 * client's own time limit ends with the headers.
 */
final class StallGuard implements AutoCloseable {

    private final InputStream body;
    private final Duration patience;
    private final ScheduledExecutorService clock;
    private volatile long bytes;
    private volatile boolean stalled;
    private long bytesBefore = -1;

    StallGuard(InputStream body, Duration patience) {
        this.body = body;
        this.patience = patience;
        this.clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "download stall guard");
            thread.setDaemon(true);
            return thread;
        });
        clock.scheduleWithFixedDelay(this::look, 0, patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        if (bytes == bytesBefore) {
            stalled = true;
            try {
                body.close();
            } catch (IOException e) {
                // The reader learns of it by its own exception.
            }
        }
        bytesBefore = bytes;
    }

    /** Tells how many bytes have come so far. */
    void arrived(long bytesSoFar) {
        bytes = bytesSoFar;
    }

    /** @throws IOException when the stream was closed from here */
    void requireNoStall() throws IOException {
        if (stalled) {
            throw new IOException("nothing arrived for " + patience.toMillis() + " ms");
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
