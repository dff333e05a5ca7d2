package org.adapterbench.core.train;

import org.tensorflow.Session;

/** What one session run is fed and asked for. */
interface Request {

    void prepare(Session.Runner runner, Feeds feeds);

    default Request and(Request other) {
        return (runner, feeds) -> {
            prepare(runner, feeds);
            other.prepare(runner, feeds);
        };
    }
}
