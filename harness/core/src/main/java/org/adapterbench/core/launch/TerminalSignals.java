package org.adapterbench.core.launch;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;

/**
 * Ctrl-C reaches every process of the terminal. A worker must not die of it: ending the JVM while a TensorFlow
 * step runs is a segmentation fault. Its parent tells it when to stop.
 */
final class TerminalSignals {

    private TerminalSignals() {}

    /** Ignores SIGINT and SIGTERM where the JDK lets us; elsewhere they end the worker at once. */
    static void ignore() {
        try {
            // By reflection: the compiler refuses the class, which every JDK exports from jdk.unsupported.
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Field ignore = handler.getField("SIG_IGN");
            Method handle = signal.getMethod("handle", signal, handler);
            for (String name : new String[] {"INT", "TERM"}) {
                handle.invoke(null, signal.getConstructor(String.class).newInstance(name), ignore.get(null));
            }
        } catch (ReflectiveOperationException e) {
            System.err.println("worker: signals are not ignored: " + e);
        }
    }

    /** Ends this process on the spot, as {@code kill -9} does: any other end would meet the step under way. */
    static void kill() {
        try {
            // Java has no way of its own: neither a process handle nor a raised signal may be the process itself.
            new ProcessBuilder("sh", "-c", "kill -9 " + ProcessHandle.current().pid()).start().waitFor();
        } catch (IOException e) {
            System.err.println("worker: cannot kill itself: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(1);
    }
}
