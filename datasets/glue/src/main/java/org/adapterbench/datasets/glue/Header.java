package org.adapterbench.datasets.glue;

import java.util.List;

/**
 * The columns of a layout that are not used, beside texts and answer. They are checked all the same: a file with
 * other columns is another file.
 *
 * @param labelled   present where the answers are public
 * @param unlabelled present where they are withheld
 * @param optional   may be present
 * @param fixed      all columns in order where a labelled file has no line of names, else empty
 */
record Header(List<String> labelled, List<String> unlabelled, List<String> optional, List<String> fixed) {

    Header {
        labelled = List.copyOf(labelled);
        unlabelled = List.copyOf(unlabelled);
        optional = List.copyOf(optional);
        fixed = List.copyOf(fixed);
    }

    Header(List<String> labelled, List<String> unlabelled, List<String> optional) {
        this(labelled, unlabelled, optional, List.of());
    }
}
