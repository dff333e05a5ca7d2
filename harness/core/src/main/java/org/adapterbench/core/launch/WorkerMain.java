package org.adapterbench.core.launch;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.adapterbench.core.json.Json;
import org.adapterbench.core.run.RunExecutor;

/**
 * A worker process: takes runs from its standard input, executes them one after the other and reports on the
 * stream that was its standard output. Ends when it is told to, or when its parent is gone.
 */
public final class WorkerMain {

    private static final int ORPHAN_SECONDS = 8;

    private final OutputStream protocol;
    private final Thread runner = Thread.currentThread();
    private final BlockingQueue<Command> commands = new LinkedBlockingQueue<>();
    private volatile boolean stopping;

    private WorkerMain(OutputStream protocol) {
        this.protocol = protocol;
    }

    /** @param arguments the class of the {@link RunExecutor} */
    public static void main(String[] arguments) throws IOException {
        try (OutputStream protocol = new FileOutputStream(FileDescriptor.out)) {
            // Whatever else prints to standard output must not end up among the messages.
            System.setOut(System.err);
            TerminalSignals.ignore();
            new WorkerMain(protocol).serve(arguments[0]);
        }
    }

    private void serve(String executorClass) {
        Thread reader = new Thread(this::read, "commands");
        reader.setDaemon(true);
        reader.start();
        send(new WorkerMessage.Ready());
        try (WorkerRun run = new WorkerRun(() -> open(executorClass), this::send)) {
            while (!stopping && commands.take() instanceof Command.Run command) {
                run.execute(command.request(), () -> stopping);
            }
        } catch (InterruptedException e) {
            // Told to stop between two runs.
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line; (line = in.readLine()) != null; ) {
                Command command = Json.read(line, Command.class);
                if (command instanceof Command.Stop) {
                    stop();
                }
                commands.add(command);
            }
        } catch (IOException e) {
            System.err.println("worker: unreadable command: " + e.getMessage());
        }
        stop();
        commands.add(new Command.Stop());
        endWithoutParent();
    }

    private void stop() {
        stopping = true;
        runner.interrupt();
    }

    /** A run that hangs must not outlive its parent. */
    private void endWithoutParent() {
        try {
            runner.join(TimeUnit.SECONDS.toMillis(ORPHAN_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (runner.isAlive()) {
            HardEnd.kill();
        }
    }

    private static RunExecutor open(String executorClass) {
        try {
            return Class.forName(executorClass)
                    .asSubclass(RunExecutor.class)
                    .getConstructor()
                    .newInstance();
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(executorClass + " cannot execute runs", e);
        }
    }

    /**
     * A line of its own even where native code has left half a line on the same stream. A
     * parent that is gone hears nothing; the run is stopped then, and keeps its state.
     */
    private synchronized void send(WorkerMessage message) {
        try {
            protocol.write(("\n" + Json.line(message) + "\n").getBytes(StandardCharsets.UTF_8));
            protocol.flush();
        } catch (IOException parentGone) {
            stop();
        }
    }
}
