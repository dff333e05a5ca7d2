package org.adapterbench.cli;

/** What the program's exit codes mean. 130 and 143 come from the JVM when it is stopped by SIGINT or SIGTERM. */
final class ExitCode {

    /** Everything asked for was done; of a grid: every run finished. */
    static final int DONE = 0;

    /** A defect of this program. */
    static final int DEFECT = 1;

    /** The input is wrong; one line on stderr says what, where, and what is allowed. */
    static final int BAD_INPUT = 2;

    /** A run failed or its record cannot be written, or the machine lacks what the default experiment needs. */
    static final int RUN_FAILED = 4;

    /** Runs that were executed again gave other bits than their records have. */
    static final int DIFFERS = 5;

    /** Stopped before the end. A signal ends the JVM with 130 or 143 before this is seen. */
    static final int STOPPED = 130;

    private ExitCode() {}
}
