package org.adapterbench.core.launch;

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
}
