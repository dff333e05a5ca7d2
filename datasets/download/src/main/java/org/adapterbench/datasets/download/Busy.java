package org.adapterbench.datasets.download;

import java.io.IOException;

/** The server says that it can't answer now, which may be otherwise a moment later. */
final class Busy extends IOException {

    private static final long serialVersionUID = 1;

    Busy(int status) {
        super("the server answers " + status);
    }
}
