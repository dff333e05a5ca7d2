package org.adapterbench.core.launch;

import java.util.Optional;

/**
 * Lines on the worker's standard error that say where one run's log ends and the next one's begins. They travel
 * in the stream itself, so that nothing is filed under the wrong run.
 */
final class LogMark {

    private static final String BEGIN = "adapterbench-worker: begin ";
    private static final String END = "adapterbench-worker: end ";

    private LogMark() {}

    static String begin(String runId) {
        return BEGIN + runId;
    }

    static String end(String runId) {
        return END + runId;
    }

    /** The run that begins with this line. */
    static Optional<String> begins(String line) {
        return line.startsWith(BEGIN)
                ? Optional.of(line.substring(BEGIN.length()).strip())
                : Optional.empty();
    }

    static boolean ends(String line) {
        return line.startsWith(END);
    }
}
