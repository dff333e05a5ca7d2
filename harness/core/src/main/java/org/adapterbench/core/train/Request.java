package org.adapterbench.core.train;

import org.tensorflow.Session;

/** What one session run is fed and asked for. */
interface Request {

    void prepare(Session.Runner runner, Feeds feeds);
}
