package org.adapterbench.api.task;

import java.util.Collections;
import java.util.SortedMap;

/**
 * What identifies the content of a split, whatever the layout of the files it came from.
 *
 * @param split         name
 * @param contentSha256 hash over texts and label names in order
 * @param rows          number of examples: the rows that were used
 * @param labels        histogram by label name; empty for regression and for splits without labels
 * @param status        compared with the pinned manifest
 * @param refused       how many further rows the files hold, by the reason for which they are not used; usually empty
 */
public record SplitFacts(
        String split,
        String contentSha256,
        long rows,
        SortedMap<String, Long> labels,
        ContentStatus status,
        SortedMap<String, Long> refused) {

    /** Facts of a split of which every row is used. */
    public SplitFacts(
            String split, String contentSha256, long rows, SortedMap<String, Long> labels, ContentStatus status) {
        this(split, contentSha256, rows, labels, status, Collections.emptySortedMap());
    }

    /** All rows that were read, used or not. */
    public long rowsRead() {
        return rows + refused.values().stream().mapToLong(Long::longValue).sum();
    }

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
