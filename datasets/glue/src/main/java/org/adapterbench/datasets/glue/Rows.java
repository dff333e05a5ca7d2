package org.adapterbench.datasets.glue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.adapterbench.api.UserError;

/**
 * The account of a split's rows while its files are read: each row that a file holds is used or refused, with the
 * reason. Small files can claim vast content (compressed, or a value repeated by number), so that both are limited.
 */
final class Rows {

    /** More than twice the largest task's. */
    static final int MOST = 1_000_000;

    private static final long MOST_CHARACTERS = 1L << 28;

    private final List<Row> used = new ArrayList<>();
    private final SortedMap<String, Long> refused = new TreeMap<>();
    private long characters;

    /** @param where file and place of the row */
    void use(String where, Row row) {
        characters +=
                row.first().length() + (row.second() == null ? 0 : row.second().length());
        if (used.size() == MOST || characters > MOST_CHARACTERS) {
            throw new UserError(where + ": more than " + MOST + " rows or " + MOST_CHARACTERS
                    + " characters (no GLUE split comes near; is the file what its name says?)");
        }
        used.add(row);
    }

    /** @param reason without the place, so that equal reasons are counted together */
    void refuse(String reason) {
        refused.merge(reason, 1L, Long::sum);
    }

    List<Row> used() {
        return Collections.unmodifiableList(used);
    }

    /** How many rows were refused for each reason. */
    SortedMap<String, Long> refused() {
        return Collections.unmodifiableSortedMap(refused);
    }
}
