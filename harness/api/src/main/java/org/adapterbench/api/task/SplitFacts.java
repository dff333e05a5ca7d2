package org.adapterbench.api.task;

import java.util.SortedMap;

/**
 * What identifies the content of a split, whatever the layout of the files it came from.
 *
 * @param split         name
 * @param contentSha256 hash over texts and label names in order
 * @param rows          number of examples
 * @param labels        histogram by label name; empty for regression and for splits without labels
 * @param status        compared with the pinned manifest
 */
public record SplitFacts(
        String split, String contentSha256, long rows, SortedMap<String, Long> labels, ContentStatus status) {

    /** How the content compares with the official one. */
    public enum ContentStatus {
        /** The pinned hash agrees. */
        OFFICIAL,
        /** Counts agree; the official content was not at hand when the manifest was made. */
        UNVERIFIED,
        /** Differs from the official content: results are not comparable with published ones. */
        OTHER
    }
}
