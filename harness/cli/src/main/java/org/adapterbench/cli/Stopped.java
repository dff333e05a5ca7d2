package org.adapterbench.cli;

/** The user ended this process with a signal: nothing is wrong, and nothing is left to say. */
final class Stopped extends RuntimeException {

    private static final long serialVersionUID = 1;

    Stopped() {
        super("stopped by a signal");
    }
}
