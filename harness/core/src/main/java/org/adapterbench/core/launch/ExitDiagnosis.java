package org.adapterbench.core.launch;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.adapterbench.api.FailureKind;
import org.adapterbench.api.record.RunRecord.Failure;
import org.adapterbench.core.SystemRefusal;
import org.jspecify.annotations.Nullable;

/** Says why a worker died from how it died. */
final class ExitDiagnosis {

    private static final int KILL = 9;
    private static final Map<Integer, String> SIGNALS =
            Map.of(4, "SIGILL", 6, "SIGABRT", 7, "SIGBUS", 8, "SIGFPE", KILL, "SIGKILL", 11, "SIGSEGV", 15, "SIGTERM");

    /** What the Java runtime and the C++ library print before they give up for lack of memory. */
    private static final List<String> NO_MEMORY = List.of(
            "insufficient memory for the Java Runtime Environment", "java.lang.OutOfMemoryError", "std::bad_alloc");

    private ExitDiagnosis() {}

    /**
     * @param exit          the exit value as Java has it: 128 + n for signal n
     * @param crash         summary of the Java runtime's crash report, null when it wrote none
     * @param logTail       last lines of the run's log
     * @param killedByKernel whether the kernel's count of out-of-memory kills rose meanwhile
     */
    static Failure of(int exit, @Nullable String crash, @Nullable String logTail, boolean killedByKernel) {
        int signal = exit > 128 ? exit - 128 : 0;
        if (signal == KILL && killedByKernel) {
            return new Failure(
                    FailureKind.OUT_OF_MEMORY, "the operating system killed the worker for lack of memory", logTail);
        }
        String said = Objects.toString(crash, "") + Objects.toString(logTail, "");
        return new Failure(
                kind(signal, said), crash == null ? how(exit, signal) : "the worker crashed: " + crash, logTail);
    }

    private static FailureKind kind(int signal, String said) {
        if (NO_MEMORY.stream().anyMatch(said::contains)) {
            return FailureKind.OUT_OF_MEMORY;
        }
        // Somebody killed a worker, whatever it had said before.
        return signal != KILL && said.contains(SystemRefusal.OPEN_FILES)
                ? FailureKind.ENVIRONMENT
                : FailureKind.CRASHED;
    }

    private static String how(int exit, int signal) {
        return signal > 0
                ? "the worker died of signal " + signal + " (" + SIGNALS.getOrDefault(signal, "?") + ")"
                : "the worker ended with exit code " + exit + " in the middle of the run";
    }
}
