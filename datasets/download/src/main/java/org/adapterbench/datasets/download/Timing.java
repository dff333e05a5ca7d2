package org.adapterbench.datasets.download;

import java.time.Duration;

/**
 * How long is waited.
 *
 * @param patience how long a transfer may bring nothing before it counts as broken
 * @param pause    before a busy server is asked again; after each attempt once more
 */
record Timing(Duration patience, Duration pause) {

    static final Timing USUAL = new Timing(Duration.ofSeconds(60), Duration.ofSeconds(1));
}
