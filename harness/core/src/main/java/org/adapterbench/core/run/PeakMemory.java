package org.adapterbench.core.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The largest resident size of this process, as Linux counts it; elsewhere unknown. */
final class PeakMemory {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path CLEAR = Path.of("/proc/self/clear_refs");

    private PeakMemory() {}

    /**
     * Starts counting anew.
     *
     * @return whether the system let us; if not, {@link #bytes} is the peak of the whole process
     */
    static boolean reset() {
        try {
            Files.writeString(CLEAR, "5", StandardCharsets.US_ASCII);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Bytes since the last reset, null where unknown. */
    static @Nullable Long bytes() {
        try {
            for (String line : Files.readAllLines(STATUS, StandardCharsets.US_ASCII)) {
                if (line.startsWith("VmHWM:")) {
                    return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
                }
            }
            return null;
        } catch (IOException e) {
            return null;
        }
    }
}
