package org.adapterbench.datasets.download;

import java.io.IOException;

/** No answer came at all, so that nothing can be said about the file. */
final class Unreachable extends IOException {

    private static final long serialVersionUID = 1;

    private final String host;
    private final IOException reason;

    Unreachable(String host, IOException reason) {
        super(reason);
        this.host = host;
        this.reason = reason;
    }

    String host() {
        return host;
    }

    IOException reason() {
        return reason;
    }
}
