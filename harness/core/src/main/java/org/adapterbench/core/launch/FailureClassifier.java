package org.adapterbench.core.launch;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.util.Objects;
import org.adapterbench.api.FailureKind;
import org.adapterbench.api.OneLine;
import org.adapterbench.api.RunFailure;
import org.adapterbench.api.UserError;
import org.adapterbench.core.ClassPathJars;
import org.adapterbench.core.SystemRefusal;

/** Gives every throwable a kind. */
final class FailureClassifier {

    private static final int MOST_CAUSES = 20;

    private static final String LIBRARIES = "`adapterbench cache clean natives` and `make build`";

    private FailureClassifier() {}

    static WorkerMessage.Failed message(Throwable problem) {
        if (problem instanceof RunFailure failure) {
            return new WorkerMessage.Failed(failure.kind(), text(failure));
        }
        String text = problem instanceof UserError
                ? text(problem)
                : problem.getClass().getSimpleName() + ": " + text(problem);
        FailureKind kind = kind(problem);
        if (kind == FailureKind.OUT_OF_MEMORY) {
            return new WorkerMessage.Failed(kind, text);
        }
        if (SystemRefusal.isIn(problem)) {
            return new WorkerMessage.Failed(FailureKind.ENVIRONMENT, text);
        }
        if (OpenFiles.exhausted()) {
            // Classes and libraries that cannot be opened are not found, and nobody says why.
            return new WorkerMessage.Failed(
                    FailureKind.ENVIRONMENT, SystemRefusal.OPEN_FILES + ", which shows as " + text);
        }
        if (problem instanceof UserError) {
            return new WorkerMessage.Failed(FailureKind.DATA, text);
        }
        return new WorkerMessage.Failed(kind, problem instanceof LinkageError ? withRemedy(text) : text);
    }

    /** What is missing is in a jar that class loaders passed over, or was never there. */
    private static String withRemedy(String text) {
        return ClassPathJars.damage().map(damage -> damage + ": " + text).orElse(text + " (remedy: " + LIBRARIES + ")");
    }

    private static FailureKind kind(Throwable problem) {
        Throwable cause = problem;
        for (int i = 0; i < MOST_CAUSES && cause != null; i++) {
            String text = Objects.toString(cause.getMessage(), "");
            // By name: loading TensorFlow's exception class here would load the native library.
            if (cause instanceof OutOfMemoryError
                    || cause.getClass().getSimpleName().equals("TFResourceExhaustedException")
                    || text.contains("std::bad_alloc")) {
                return FailureKind.OUT_OF_MEMORY;
            }
            // A file that cannot be read or written; what is wrong inside of one, its reader says itself.
            if (cause instanceof UnsatisfiedLinkError
                    || cause instanceof NoClassDefFoundError
                    || cause instanceof IOException && !(cause instanceof JsonProcessingException)) {
                return FailureKind.ENVIRONMENT;
            }
            cause = cause.getCause();
        }
        return FailureKind.BUG;
    }

    private static String text(Throwable problem) {
        return OneLine.of(Objects.toString(problem.getMessage(), "no message"));
    }
}
