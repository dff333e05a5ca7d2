package org.adapterbench.core.launch;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.adapterbench.api.FailureKind;
import org.adapterbench.api.RunFailure;
import org.adapterbench.api.UserError;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.core.RunStopped;
import org.adapterbench.core.run.RunExecutor;
import org.adapterbench.core.run.RunListener;
import org.adapterbench.core.run.RunRequest;
import org.adapterbench.core.store.Records;

/** Does to its worker process what the name of the run's method says. */
public final class MisbehavingExecution implements RunExecutor {

    private int served;

    @Override
    public String tensorflowVersion() {
        return "none";
    }

    @Override
    public Outcome execute(RunRequest request, RunListener listener) {
        served++;
        System.err.println("log of " + request.spec().method().name() + " "
                + request.spec().seed());
        write(request.folder().resolve("checkpoint/state"), "what the run could go on from");
        listener.stage("train");
        return switch (request.spec().method().name()) {
            case "good" -> good(request, listener);
            case "noisy" -> noisy(request, listener);
            case "diverge" -> {
                listener.step("train", 1, 2, Float.NaN);
                throw new RunFailure(FailureKind.DIVERGED, "loss is NaN\nat step 1");
            }
            case "bad-data" -> throw new UserError("rank: 9 is too much (allowed: 8)");
            case "defect" -> throw new IllegalStateException("a defect");
            case "not-a-number" -> notANumber();
            case "heap" -> fillHeap();
            case "native-heap" -> throw new IllegalStateException("allocation", new RuntimeException("std::bad_alloc"));
            case "segfault" -> signal("SEGV");
            case "kill" -> signal("KILL");
            case "exit" -> {
                System.exit(7);
                throw new IllegalStateException("not reached");
            }
            case "hang" -> hang();
            case "train" -> train(request, listener);
            default ->
                throw new IllegalArgumentException(request.spec().method().name());
        };
    }

    private Outcome good(RunRequest request, RunListener listener) {
        listener.step("train", 1, 1, 0.5f);
        Outcome outcome = Records.outcome();
        listener.evaluated("train", outcome.epochs().get(1));
        var stages = new TreeMap<>(outcome.cost().stages());
        stages.put("served", (double) served);
        stages.put("process", (double) ProcessHandle.current().pid());
        Outcome.Cost cost = new Outcome.Cost(stages, null, null, null, null, null, null, null);
        write(request.folder().resolve("adapter.safetensors"), "weights");
        return new Outcome(
                outcome.start(),
                outcome.data(),
                outcome.parameters(),
                outcome.methodFacts(),
                outcome.lossCurve(),
                outcome.epochs(),
                outcome.reported(),
                outcome.hashes(),
                cost,
                outcome.files());
    }

    /** Java's standard output, and native code that leaves half a line on the protocol's own stream. */
    private Outcome noisy(RunRequest request, RunListener listener) {
        System.out.println("{\"type\":\"stopped\"}");
        PrintStream descriptor =
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        descriptor.print("half a line");
        descriptor.flush();
        return good(request, listener);
    }

    private static Outcome notANumber() {
        Outcome outcome = Records.outcome();
        return new Outcome(
                outcome.start(),
                outcome.data(),
                outcome.parameters(),
                outcome.methodFacts(),
                List.of(Float.NaN),
                outcome.epochs(),
                outcome.reported(),
                outcome.hashes(),
                outcome.cost(),
                outcome.files());
    }

    private static Outcome fillHeap() {
        List<long[]> kept = new ArrayList<>();
        while (true) {
            kept.add(new long[1 << 20]);
        }
    }

    private static Outcome signal(String name) {
        try {
            new ProcessBuilder(
                            "kill",
                            "-" + name,
                            Long.toString(ProcessHandle.current().pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return hang();
    }

    /** Deaf to interruption, like a native call. */
    private static Outcome hang() {
        CountDownLatch never = new CountDownLatch(1);
        while (true) {
            try {
                never.await();
            } catch (InterruptedException e) {
                System.err.println("interrupted and going on");
            }
        }
    }

    /** Steps for ever, and ends between two steps when it is told to. */
    private static Outcome train(RunRequest request, RunListener listener) {
        for (int step = 1; true; step++) {
            listener.step("train", step, Integer.MAX_VALUE, 1f);
            try {
                RunStopped.check();
            } catch (RunStopped e) {
                write(request.folder().resolve("stopped-between-steps"), "");
                throw e;
            }
            Thread.onSpinWait();
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        System.err.println("closed");
    }
}
