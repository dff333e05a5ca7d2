package org.adapterbench.core.data;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.adapterbench.api.FailureKind;
import org.adapterbench.api.RunFailure;
import org.adapterbench.api.Sha256;

/**
 * A training selection cut in two: a slice that chooses the epoch and the rest, which trains. The cut depends on
 * the examples' ids alone, so a warm-up and its methods leave out the same slice.
 *
 * @param training in the selection's order
 * @param slice    in the selection's order
 */
public record HeldOut<T>(List<T> training, List<T> slice) {

    /**
     * Cuts a selection.
     *
     * @param id   of an example
     * @param size examples in the slice; 0 leaves all for training
     * @throws RunFailure of kind DATA when nothing would be left
     */
    public static <T> HeldOut<T> cut(List<T> selection, Function<T, String> id, int size) {
        if (size >= selection.size()) {
            throw new RunFailure(
                    FailureKind.DATA,
                    "a slice of " + size + " examples leaves none of the " + selection.size() + " for training");
        }
        Set<String> ids = selection.stream()
                .map(id)
                .sorted(Comparator.comparing(text -> Sha256.ofText("selection " + text)))
                .limit(size)
                .collect(Collectors.toSet());
        return new HeldOut<>(
                selection.stream().filter(e -> !ids.contains(id.apply(e))).toList(),
                selection.stream().filter(e -> ids.contains(id.apply(e))).toList());
    }
}
