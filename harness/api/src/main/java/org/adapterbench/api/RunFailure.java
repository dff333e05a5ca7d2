package org.adapterbench.api;

/** Ends one run with a recorded kind; the grid goes on with the next run. */
public final class RunFailure extends RuntimeException {

    private final FailureKind kind;

    public RunFailure(FailureKind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public RunFailure(FailureKind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public FailureKind kind() {
        return kind;
    }
}
