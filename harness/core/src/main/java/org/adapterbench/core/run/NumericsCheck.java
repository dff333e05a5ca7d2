package org.adapterbench.core.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.adapterbench.api.FailureKind;
import org.adapterbench.api.RunFailure;
import org.adapterbench.api.record.Numerics;

/**
 * Whether this process can keep the promise of {@code numerics: portable}: the environment that TensorFlow
 * reads before its first operation, two threads, and a processor with AVX2 and FMA.
 */
public final class NumericsCheck {

    /** Threads on which every product and sum is cut the same way. */
    public static final int PORTABLE_THREADS = 2;

    /** What must be set. */
    public static final SortedMap<String, String> PORTABLE_ENVIRONMENT = new TreeMap<>(Map.of(
            "TF_ENABLE_ONEDNN_OPTS", "0",
            "ONEDNN_MAX_CPU_ISA", "AVX2",
            "TF_OVERRIDE_GLOBAL_THREADPOOL", "1",
            "TF_NUM_INTRAOP_THREADS", String.valueOf(PORTABLE_THREADS),
            "TF_NUM_INTEROP_THREADS", "1"));

    /** What must not be set. */
    public static final List<String> FORBIDDEN_ENVIRONMENT =
            List.of("TF_XLA_FLAGS", "ONEDNN_DEFAULT_FPMATH_MODE", "GLIBC_TUNABLES");

    private static final Path PROCESSOR = Path.of("/proc/cpuinfo");

    private NumericsCheck() {}

    /** @throws RunFailure of kind ENVIRONMENT with the first thing that is not as it must be */
    static void require(Numerics numerics, int threads, Map<String, String> environment) {
        if (numerics != Numerics.PORTABLE) {
            return;
        }
        if (threads != PORTABLE_THREADS) {
            throw refuse("threads is " + threads, "exactly " + PORTABLE_THREADS + "; more cores run more workers");
        }
        PORTABLE_ENVIRONMENT.forEach((name, value) -> {
            if (!value.equals(environment.get(name))) {
                throw refuse(name + " is " + environment.get(name), value);
            }
        });
        for (String name : FORBIDDEN_ENVIRONMENT) {
            if (environment.containsKey(name)) {
                throw refuse(name + " is set", "unset");
            }
        }
        if (!processorAllows()) {
            throw refuse("this processor is not x86-64 with AVX2 and FMA", "such a processor, or numerics: fast");
        }
    }

    /** Whether the processor has what portable numerics need. */
    public static boolean processorAllows() {
        try {
            return processorAllows(
                    System.getProperty("os.arch"), Files.readAllLines(PROCESSOR, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * @param architecture as Java calls it
     * @param description  of the processor, as Linux gives it
     */
    static boolean processorAllows(String architecture, List<String> description) {
        String lowerCase = architecture.toLowerCase(Locale.ROOT);
        return (lowerCase.equals("amd64") || lowerCase.equals("x86_64"))
                && description.stream()
                        .filter(line -> line.startsWith("flags"))
                        .findFirst()
                        .map(line -> List.of(line.split("\\s+")))
                        .filter(flags -> flags.contains("avx2") && flags.contains("fma"))
                        .isPresent();
    }

    private static RunFailure refuse(String what, String allowed) {
        return new RunFailure(FailureKind.ENVIRONMENT, "numerics: portable: " + what + " (allowed: " + allowed + ")");
    }
}
