package org.adapterbench.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.adapterbench.api.record.Provenance;
import org.adapterbench.core.provenance.MultiplyRate;
import org.adapterbench.core.provenance.ProvenanceCollector;
import org.jspecify.annotations.Nullable;
import org.tensorflow.TensorFlow;

/**
 * What figures of speed must be read with.
 *
 * @param caches        by level and kind, as the system names their sizes
 * @param memoryBytes   of the machine
 * @param gigaflops     best fp32 matrix-multiply rate of this process just now
 * @param loadAverage   of the last minute; on an idle machine about the number of threads that were measured, more means
 *                      that others computed too
 */
record Machine(
        Provenance provenance,
        SortedMap<String, String> caches,
        long memoryBytes,
        double gigaflops,
        @Nullable Double loadAverage) {

    /** Large enough for the full rate, small enough for a short measurement. */
    static final int[] SIDES = {1536, 3072};

    private static final double SECONDS = 1;
    private static final Path CACHES = Path.of("/sys/devices/system/cpu/cpu0/cache");
    private static final int MOST_CACHES = 8;

    static Machine look() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        double load = system.getSystemLoadAverage();
        return new Machine(
                new ProvenanceCollector(System.getenv()).collect(Instant.now(), TensorFlow.version()),
                readCaches(),
                system.getTotalMemorySize(),
                bestGigaflops(),
                load < 0 ? null : load);
    }

    /** The best rate of any product, over sides that suit large and small caches. */
    static double bestGigaflops() {
        double best = 0;
        for (int side : SIDES) {
            best = Math.max(
                    best, MultiplyRate.measure(side, Subject.THREADS, SECONDS).best());
        }
        return best;
    }

    private static SortedMap<String, String> readCaches() {
        SortedMap<String, String> found = new TreeMap<>();
        for (int index = 0; index < MOST_CACHES; index++) {
            Path cache = CACHES.resolve("index" + index);
            if (Files.isDirectory(cache)) {
                found.put(
                        "L" + read(cache.resolve("level")) + " " + read(cache.resolve("type")),
                        read(cache.resolve("size")));
            }
        }
        return found;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }
}
