package org.adapterbench.core.run;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.adapterbench.api.FailureKind;
import org.adapterbench.api.RunFailure;
import org.adapterbench.api.Sha256;
import org.adapterbench.core.train.EncodedExample;

/**
 * A training selection cut in two: a slice that chooses the epoch and the rest, which trains. The cut depends on
 * the examples' ids alone, so a warm-up and its methods leave out the same slice.
 *
 * @param training in the selection's order
 * @param slice    in the selection's order
 */
record HeldOut(List<EncodedExample> training, List<EncodedExample> slice) {

    /**
     * @param size examples in the slice; 0 leaves all for training
     * @throws RunFailure of kind DATA when nothing would be left
     */
    static HeldOut cut(List<EncodedExample> selection, int size) {
        if (size >= selection.size()) {
            throw new RunFailure(
                    FailureKind.DATA,
                    "a slice of " + size + " examples leaves none of the " + selection.size() + " for training");
        }
        Set<String> ids = selection.stream()
                .map(EncodedExample::id)
                .sorted(Comparator.comparing(id -> Sha256.ofText("selection " + id)))
                .limit(size)
                .collect(Collectors.toSet());
        return new HeldOut(
                selection.stream().filter(e -> !ids.contains(e.id())).toList(),
                selection.stream().filter(e -> ids.contains(e.id())).toList());
    }
}
