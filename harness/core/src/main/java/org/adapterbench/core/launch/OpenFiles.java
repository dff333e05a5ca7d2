package org.adapterbench.core.launch;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.File;
import java.lang.management.ManagementFactory;
import org.adapterbench.api.FailureKind;
import org.adapterbench.api.RunFailure;

/** How many more files this process may open: without any, the Java runtime finds no class and native code no library. */
final class OpenFiles {

    /** Beside the class path: data, weights, libraries, checkpoint and log of a run. */
    private static final int OF_A_RUN = 64;

    /** So few are left only where something takes them all. */
    private static final int HARDLY_ANY = 16;

    private OpenFiles() {}

    /** @throws RunFailure of kind ENVIRONMENT when a run is likely to need more than there are */
    static void requireEnough() {
        long needed = OF_A_RUN + System.getProperty("java.class.path").split(File.pathSeparator).length;
        long left = left();
        if (left < needed) {
            throw new RunFailure(
                    FailureKind.ENVIRONMENT,
                    "the limit to open files leaves the worker " + left + " (needed: " + needed
                            + "; see `ulimit -Hn`)");
        }
    }

    /** Whether a failure that says nothing of it may well come from the lack of them. */
    static boolean exhausted() {
        return left() < HARDLY_ANY;
    }

    private static long left() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount()
                : Long.MAX_VALUE;
    }
}
