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

    public LoadReport {
        loaded = List.copyOf(loaded);
        unused = List.copyOf(unused);
        missing = List.copyOf(missing);
    }
}
