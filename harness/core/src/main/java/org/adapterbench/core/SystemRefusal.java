package org.adapterbench.core;

import java.util.List;
import java.util.Objects;

/** What the operating system refuses when it has run out of something, or a disk no longer lets anybody write. */
public final class SystemRefusal {

    /** Too few open files are allowed. */
    public static final String OPEN_FILES = "Too many open files";

    private static final List<String> REFUSALS = List.of(
            OPEN_FILES,
            "No space left on device",
            "Disk quota exceeded",
            "Read-only file system",
            "Input/output error",
            "No file descriptors available");

    private static final int MOST_CAUSES = 20;

    private SystemRefusal() {}

    /** Whether a text tells of one. */
    public static boolean isIn(String text) {
        return REFUSALS.stream().anyMatch(text::contains);
    }

    /** Whether a failure or one of its causes is one, whatever its class: native code throws classes of its own. */
    public static boolean isIn(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; i < MOST_CAUSES && cause != null; i++) {
            if (isIn(Objects.toString(cause.getMessage(), ""))) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
