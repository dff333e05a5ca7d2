package org.adapterbench.core.launch;

import java.io.IOException;

/** The last resort of a worker whose parent is gone and whose step does not end. */
final class HardEnd {

    private HardEnd() {}

    /** Ends this process on the spot, as {@code kill -9} does: any other end would meet the step under way. */
    static void kill() {
        try {
            // Java has no way of its own: neither a process handle nor a raised signal may be the process itself.
            new ProcessBuilder("sh", "-c", "kill -9 " + ProcessHandle.current().pid())
                    .start()
                    .waitFor();
        } catch (IOException e) {
            System.err.println("worker: cannot kill itself: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(1);
    }
}
