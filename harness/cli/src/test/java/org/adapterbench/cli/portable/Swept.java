package org.adapterbench.cli.portable;

/** A computation that is repeated under every size of the caches. */
interface Swept extends AutoCloseable {

    /** What is computed, in a few words. */
    String name();

    /** SHA-256 of the result, computed anew from the same inputs. */
    String hash();

    @Override
    void close();
}
