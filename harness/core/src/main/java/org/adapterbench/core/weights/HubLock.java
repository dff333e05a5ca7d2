package org.adapterbench.core.weights;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was downloaded at the first use of a hub model: written once, then enforced.
 *
 * @param files by name
 */
record HubLock(String model, String revision, SortedMap<String, File> files) {

    /** Size and content of one file. */
    record File(long size, String sha256) {}

    HubLock {
        files = new TreeMap<>(files);
    }
}
