package org.adapterbench.datasets.glue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.adapterbench.api.UserError;
import org.jspecify.annotations.Nullable;

/**
 * What the columns of a layout are called. Columns are found by name, in any order.
 *
 * @param first  column of the sentence, or of the first of a pair
 * @param second column of the second of a pair, null for single sentences
 * @param label  column of the answer
 * @param header the other columns
 */
record Columns(String first, @Nullable String second, String label, Header header) {

    /** The columns that hold text. */
    List<String> texts() {
        return second == null ? List.of(first) : List.of(first, second);
    }

    /** The names of the columns of a file without a line of names; empty where the file has one. */
    List<String> fixed(boolean labelled) {
        return labelled ? header.fixed() : List.of();
    }

    /**
     * Checks the names that a file gives. A file for a split without answers may hold answers; they are not read.
     *
     * @throws UserError when a column is missing, unknown or there twice
     */
    void check(String where, List<String> names, boolean labelled) {
        List<String> expected = expected(labelled);
        Optional<String> fault = fault(names, expected);
        if (fault.isPresent() && (labelled || fault(names, expected(true)).isPresent())) {
            String optional = header.optional().isEmpty() ? "" : "; optional: " + String.join(", ", header.optional());
            throw new UserError(
                    where + ": " + fault.get() + " (allowed columns: " + String.join(", ", expected) + optional + ")");
        }
    }

    private List<String> expected(boolean labelled) {
        List<String> expected = new ArrayList<>(labelled ? header.labelled() : header.unlabelled());
        expected.addAll(texts());
        if (labelled) {
            expected.add(label);
        }
        return expected;
    }

    private Optional<String> fault(List<String> names, List<String> expected) {
        HashSet<String> seen = new HashSet<>();
        for (String name : names) {
            if (!expected.contains(name) && !header.optional().contains(name)) {
                return Optional.of("unknown column '" + Excerpt.of(name) + "'");
            }
            if (!seen.add(name)) {
                return Optional.of("column '" + name + "' is there twice");
            }
        }
        return expected.stream()
                .filter(name -> !seen.contains(name))
                .findFirst()
                .map(name -> "column '" + name + "' is missing");
    }
}
