package org.adapterbench.datasets.glue;

import java.nio.file.Path;
import java.util.List;

/**
 * Where one split lies.
 *
 * @param layout how the files are to be read
 * @param paths  one file, or the shards in order
 */
record SplitFiles(Layout layout, List<Path> paths) {

    SplitFiles {
        paths = List.copyOf(paths);
    }
}
