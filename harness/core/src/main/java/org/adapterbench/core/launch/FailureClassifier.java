package org.adapterbench.core.launch;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.util.Objects;
import org.adapterbench.api.FailureKind;
import org.adapterbench.api.RunFailure;
import org.adapterbench.api.UserError;

/** Gives every throwable a kind. */
final class FailureClassifier {

    private static final int MOST_CAUSES = 20;

    private FailureClassifier() {}

    static WorkerMessage.Failed message(Throwable problem) {
        if (problem instanceof RunFailure failure) {
            return new WorkerMessage.Failed(failure.kind(), text(failure));
        }
        if (problem instanceof UserError error) {
            return new WorkerMessage.Failed(FailureKind.DATA, text(error));
        }
        return new WorkerMessage.Failed(kind(problem), problem.getClass().getSimpleName() + ": " + text(problem));
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
                    || cause instanceof IOException && !(cause instanceof JsonProcessingException)
                    || text.contains("No space left on device")) {
                return FailureKind.ENVIRONMENT;
            }
            cause = cause.getCause();
        }
        return FailureKind.BUG;
    }

    private static String text(Throwable problem) {
        return Objects.toString(problem.getMessage(), "no message").replaceAll("\\s*\\R\\s*", " ");
    }
}
