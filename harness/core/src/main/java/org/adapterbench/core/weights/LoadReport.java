package org.adapterbench.core.weights;

import java.util.List;

/**
 * The strict account of a load.
 *
 * @param loaded canonical names taken from the source
 * @param unused names in the source that this program does not use (heads of other tasks, buffers)
 * @param missing canonical names that the source lacks and that are newly initialised (pooler)
 */
public record LoadReport(List<String> loaded, List<String> unused, List<String> missing) {

    private static final int MOST_NAMES = 6;

    public LoadReport {
        loaded = List.copyOf(loaded);
        unused = List.copyOf(unused);
        missing = List.copyOf(missing);
    }

    /** The account in one line, which names what was not taken and what the weights do not have. */
    public String text() {
        return loaded.size() + " tensors loaded"
                + (unused.isEmpty() ? "" : ", unused: " + names(unused))
                + (missing.isEmpty() ? "" : ", newly initialised: " + names(missing));
    }

    private static String names(List<String> all) {
        List<String> first = all.subList(0, Math.min(MOST_NAMES, all.size()));
        return String.join(" ", first)
                + (all.size() == first.size() ? "" : " and " + (all.size() - first.size()) + " more");
    }
}
