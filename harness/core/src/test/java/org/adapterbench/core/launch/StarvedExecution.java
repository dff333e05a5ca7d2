package org.adapterbench.core.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.core.run.RunExecutor;
import org.adapterbench.core.run.RunListener;
import org.adapterbench.core.run.RunRequest;
import org.adapterbench.core.store.Records;

/** Uses up what the name of the run's method says, until the system itself refuses more: nothing is pretended. */
public final class StarvedExecution implements RunExecutor {

    /** Names the control group, with a limit to its memory, that a run is to join. */
    static final String GROUP_VARIABLE = "STARVED_GROUP";

    private static final int BLOCK = 1 << 20;

    @Override
    public String tensorflowVersion() {
        return "none";
    }

    @Override
    public Outcome execute(RunRequest request, RunListener listener) {
        System.err.println("log of " + request.spec().method().name());
        try {
            return switch (request.spec().method().name()) {
                case "good" -> good(request);
                case "full-device" -> fill(Path.of("/dev/full"));
                case "no-descriptors" -> openFiles(request.folder());
                case "no-address-space" -> startThreads();
                case "no-heap" -> fillHeap();
                case "group-limit" -> joinAndFill();
                default ->
                    throw new IllegalArgumentException(request.spec().method().name());
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Outcome good(RunRequest request) throws IOException {
        Files.writeString(request.folder().resolve("adapter.safetensors"), "weights");
        return Records.outcome();
    }

    private static Outcome fill(Path file) throws IOException {
        byte[] block = new byte[BLOCK];
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(block);
            }
        }
    }

    private static Outcome openFiles(Path folder) throws IOException, InterruptedException {
        limit("--nofile=200:200");
        Path file = Files.createFile(folder.resolve("opened"));
        List<InputStream> open = new ArrayList<>();
        try {
            while (true) {
                open.add(Files.newInputStream(file));
            }
        } finally {
            // The Java runtime itself needs some for the classes that it still has to load.
            for (InputStream in : open) {
                in.close();
            }
        }
    }

    /** A thread's stack is native memory, which this process may have little more of than it has. */
    private static Outcome startThreads() throws IOException, InterruptedException {
        String size = Files.readAllLines(Path.of("/proc/self/statm")).get(0).split(" ")[0];
        limit("--as=" + (Long.parseLong(size) * 4_096 + 16L * BLOCK));
        while (true) {
            Thread thread = new Thread(null, StarvedExecution::sleep, "stack", 4L * BLOCK);
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static void sleep() {
        synchronized (StarvedExecution.class) {
            try {
                StarvedExecution.class.wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Outcome fillHeap() {
        List<byte[]> kept = new ArrayList<>();
        while (true) {
            kept.add(new byte[BLOCK]);
        }
    }

    private static Outcome joinAndFill() throws IOException {
        long process = ProcessHandle.current().pid();
        Files.writeString(Path.of(System.getenv(GROUP_VARIABLE), "cgroup.procs"), Long.toString(process));
        List<ByteBuffer> kept = new ArrayList<>();
        while (true) {
            ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
            for (int i = 0; i < BLOCK; i += 4_096) {
                block.put(i, (byte) 1);
            }
            kept.add(block);
        }
    }

    private static void limit(String what) throws IOException, InterruptedException {
        String self = Long.toString(ProcessHandle.current().pid());
        Process limiting =
                new ProcessBuilder("prlimit", "--pid", self, what).inheritIO().start();
        if (limiting.waitFor() != 0) {
            throw new IllegalStateException("prlimit " + what);
        }
    }

    @Override
    public void close() {}
}
