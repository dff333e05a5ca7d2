package org.adapterbench.core.launch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Files a worker's standard error under the run that it belongs to. What comes before the first run (and
 * between two runs) goes to the next run's log. A full disk loses log lines, never the run.
 */
final class WorkerLog {

    /** Name of the log in a run's folder. */
    static final String FILE = "worker.log";

    private static final int MOST_LINE = 1 << 13;
    private static final int MOST_HELD = 1 << 16;
    private static final int TAIL = 4000;

    private final Thread pump;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private @Nullable Path next;
    private @Nullable OutputStream current;

    WorkerLog(InputStream standardError) {
        pump = new Thread(() -> pump(standardError), "worker log");
        pump.setDaemon(true);
        pump.start();
    }

    /** The folder of the run that is about to begin. */
    synchronized void expect(Path folder) {
        next = folder.resolve(FILE);
    }

    /**
     * Files everything that a dead worker wrote. One that dies before its run begins: what it said belongs to that run
     * all the same, and part of it may have come by {@link #add}.
     */
    void join() throws InterruptedException {
        pump.join();
        synchronized (this) {
            if (current == null && held.size() > 0) {
                open();
            }
            close();
        }
    }

    /** Adds a line that the worker did not write to standard error. */
    synchronized void add(String line) {
        write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** The last lines of a run's log, null when there are none. */
    static @Nullable String tail(Path folder) {
        try (RandomAccessFile file = new RandomAccessFile(folder.resolve(FILE).toFile(), "r")) {
            long start = Math.max(0, file.length() - TAIL);
            byte[] bytes = new byte[(int) (file.length() - start)];
            file.seek(start);
            file.readFully(bytes);
            String text = new String(bytes, StandardCharsets.UTF_8);
            // The first line is most likely cut.
            String whole = start > 0 ? text.substring(text.indexOf('\n') + 1) : text;
            return whole.isBlank() ? null : whole.strip();
        } catch (IOException e) {
            return null;
        }
    }

    private void pump(InputStream in) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        byte[] buffer = new byte[MOST_LINE];
        try (in) {
            for (int read; (read = in.read(buffer)) >= 0; ) {
                for (int i = 0; i < read; i++) {
                    line.write(buffer[i]);
                    if (buffer[i] == '\n' || line.size() >= MOST_LINE) {
                        take(line);
                    }
                }
            }
        } catch (IOException e) {
            // The stream of a killed process may break instead of ending.
            add("launcher: " + e.getMessage());
        }
        take(line);
    }

    private synchronized void take(ByteArrayOutputStream line) {
        String text = line.toString(StandardCharsets.UTF_8);
        if (LogMark.begins(text).isPresent()) {
            open();
        } else if (LogMark.ends(text)) {
            close();
        } else {
            write(line.toByteArray());
        }
        line.reset();
    }

    private void open() {
        close();
        if (next == null) {
            return;
        }
        try {
            current = Files.newOutputStream(next);
            current.write(held.toByteArray());
        } catch (IOException e) {
            current = null;
        }
        held.reset();
        next = null;
    }

    private void write(byte[] bytes) {
        try {
            if (current != null) {
                current.write(bytes);
            } else if (held.size() + bytes.length <= MOST_HELD) {
                held.write(bytes);
            }
        } catch (IOException e) {
            current = null;
        }
    }

    private void close() {
        try {
            if (current != null) {
                current.close();
            }
        } catch (IOException e) {
            // Nothing more can be kept.
        }
        current = null;
    }
}
