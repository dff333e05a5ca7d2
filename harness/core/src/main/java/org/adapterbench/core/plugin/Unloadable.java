package org.adapterbench.core.plugin;

import org.adapterbench.api.Reason;
import org.adapterbench.api.UserError;

/** What to say of a services file whose class is missing, or was built for another version. */
final class Unloadable {

    private Unloadable() {}

    static UserError of(String what, Throwable cause) {
        return new UserError(
                what + " on the class path cannot be loaded: " + Reason.of(cause)
                        + " (allowed: jars that name classes which they hold, built for this version)",
                cause);
    }
}
