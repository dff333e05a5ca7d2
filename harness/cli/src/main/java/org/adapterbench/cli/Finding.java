package org.adapterbench.cli;

import org.jspecify.annotations.Nullable;

/**
 * One thing that {@code doctor} looked at.
 *
 * @param state   whether it is usable
 * @param subject a word or two
 * @param detail  what was found
 * @param remedy  what to do about it, null when there is nothing to do
 */
record Finding(
        State state,
        String subject,
        String detail,
        @Nullable String remedy) {

    /** Whether a thing is usable. */
    enum State {
        USABLE("ok"),
        /** Not needed for the default experiment, or usable with a reservation. */
        NOTE("note"),
        /** The default experiment cannot run without it. */
        MISSING("MISSING");

        private final String word;

        State(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    static Finding usable(String subject, String detail) {
        return new Finding(State.USABLE, subject, detail, null);
    }

    static Finding note(String subject, String detail, @Nullable String remedy) {
        return new Finding(State.NOTE, subject, detail, remedy);
    }

    static Finding missing(String subject, String detail, String remedy) {
        return new Finding(State.MISSING, subject, detail, remedy);
    }
}
