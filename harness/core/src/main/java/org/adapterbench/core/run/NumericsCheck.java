package org.adapterbench.core.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.adapterbench.api.FailureKind;
import org.adapterbench.api.Reason;
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
            "TF_NUM_INTEROP_THREADS", String.valueOf(Numerics.PORTABLE.interOpThreads())));

    /** What must not be set. */
    public static final List<String> FORBIDDEN_ENVIRONMENT =
            List.of("TF_XLA_FLAGS", "ONEDNN_DEFAULT_FPMATH_MODE", "GLIBC_TUNABLES");

    private static final Path PROCESSOR = Path.of("/proc/cpuinfo");

    private NumericsCheck() {}

    /** @throws RunFailure of kind ENVIRONMENT with the first thing that is not as it must be */
    static void require(Numerics numerics, int threads, Map<String, String> environment) {
        if (numerics == Numerics.FAST_BF16 && !allowed().contains(numerics)) {
            throw new RunFailure(
                    FailureKind.ENVIRONMENT,
                    "numerics: fast-bf16 needs " + processorFor(numerics)
                            + ", which this one is not (allowed: such a processor, or numerics: fast)");
        }
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
        if (!allowed().contains(Numerics.PORTABLE)) {
            throw refuse("this processor is not " + processorFor(numerics), "such a processor, or numerics: fast");
        }
    }

    /** What a processor must be, for messages. */
    public static String processorFor(Numerics numerics) {
        return switch (numerics) {
            case PORTABLE -> "x86-64 with AVX2 and FMA";
            case FAST -> "any";
            case FAST_BF16 -> "x86-64 with AVX-512 BF16 or AMX BF16";
        };
    }

    /**
     * The numerics that this machine's processor can compute with.
     *
     * @throws RunFailure of kind ENVIRONMENT when its description is there and cannot be read just now
     */
    public static Set<Numerics> allowed() {
        try {
            return allowed(System.getProperty("os.arch"), Files.readAllLines(PROCESSOR, StandardCharsets.UTF_8));
        } catch (NoSuchFileException | AccessDeniedException e) {
            return EnumSet.of(Numerics.FAST);
        } catch (IOException e) {
            throw new RunFailure(FailureKind.ENVIRONMENT, PROCESSOR + " cannot be read: " + Reason.of(e), e);
        }
    }

    /**
     * @param architecture as Java calls it
     * @param description  of the processor, as Linux gives it
     */
    static Set<Numerics> allowed(String architecture, List<String> description) {
        Set<Numerics> allowed = EnumSet.of(Numerics.FAST);
        String lowerCase = architecture.toLowerCase(Locale.ROOT);
        if (!lowerCase.equals("amd64") && !lowerCase.equals("x86_64")) {
            return allowed;
        }
        List<String> flags = description.stream()
                .filter(line -> line.startsWith("flags"))
                .findFirst()
                .map(line -> List.of(line.split("\\s+")))
                .orElse(List.of());
        if (flags.contains("avx2") && flags.contains("fma")) {
            allowed.add(Numerics.PORTABLE);
        }
        if (flags.contains("avx512_bf16") || flags.contains("amx_bf16")) {
            allowed.add(Numerics.FAST_BF16);
        }
        return allowed;
    }

    private static RunFailure refuse(String what, String allowed) {
        return new RunFailure(FailureKind.ENVIRONMENT, "numerics: portable: " + what + " (allowed: " + allowed + ")");
    }
}
