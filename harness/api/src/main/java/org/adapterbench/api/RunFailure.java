package org.adapterbench.api;

/** Ends one run with a recorded kind and one line that says why; the grid goes on with the next run. */
public final class RunFailure extends RuntimeException {

    private final FailureKind kind;

    public RunFailure(FailureKind kind, String message) {
        super(OneLine.of(message));
        this.kind = kind;
    }

    public RunFailure(FailureKind kind, String message, Throwable cause) {
        super(OneLine.of(message), cause);
        this.kind = kind;
    }

    public FailureKind kind() {
        return kind;
    }
}
