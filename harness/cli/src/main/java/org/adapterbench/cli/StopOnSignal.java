package org.adapterbench.cli;

/** Has something done when SIGINT or SIGTERM ends the JVM, until it is closed. */
final class StopOnSignal {

    /** Where hooks are registered; the JVM's, except in tests. */
    interface Hooks {
        void add(Thread hook);

        void remove(Thread hook);
    }

    static final Hooks OF_THE_JVM = new Hooks() {
        @Override
        public void add(Thread hook) {
            Runtime.getRuntime().addShutdownHook(hook);
        }

        @Override
        public void remove(Thread hook) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    };

    private final Thread hook;
    private final Hooks hooks;

    StopOnSignal(Runnable stop, Hooks hooks) {
        this.hook = new Thread(stop, "stop");
        this.hooks = hooks;
        try {
            hooks.add(hook);
        } catch (IllegalStateException endingAlready) {
            stop.run();
        }
    }

    void close() {
        try {
            hooks.remove(hook);
        } catch (IllegalStateException endingAlready) {
            // The signal came first, and its code is the right one.
        }
    }
}
