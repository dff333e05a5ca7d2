package org.adapterbench.datasets.wordnet;

import java.util.List;
import java.util.Set;
import org.adapterbench.api.task.LabelledExample;

/**
 * Examples that must stay in one split.
 *
 * @param id       unique in its task
 * @param synsets  the synsets that the examples are made from
 * @param examples at least one
 */
record Unit(String id, Set<String> synsets, List<LabelledExample> examples) {

    Unit {
        synsets = Set.copyOf(synsets);
        examples = List.copyOf(examples);
    }
}
