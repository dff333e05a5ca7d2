package org.adapterbench.datasets.wordnet;

import java.util.List;
import org.adapterbench.api.task.Task;

/** How one task is made from the dictionary. */
interface Construction {

    Task task();

    /** Raised whenever the same dictionary gives other examples, so that caches of older ones are not used. */
    int version();

    /** How many examples dev has at least. */
    int devExamples();

    /** All examples in their indivisible units. */
    List<Unit> units(WordNet wordNet);
}
