package org.adapterbench.api;

/** Why a run failed. A run that was stopped on request has not failed. */
public enum FailureKind {
    /** Java heap, native memory, or the operating system's out-of-memory killer. */
    OUT_OF_MEMORY,
    /** The worker process died: signal, native abort, unexpected exit. */
    CRASHED,
    /** No step finished within the allowed time. */
    HUNG,
    /** The loss became NaN or infinite. */
    DIVERGED,
    /** Data or weights are missing, damaged, or do not fit each other. */
    DATA,
    /** The machine lacks what the run needs: disk, library, processor feature. */
    ENVIRONMENT,
    /** Anything else: a defect of this program or of a method. */
    BUG
}
