package org.adapterbench.datasets.wordnet;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Every task, constructed from the dictionary once for all tests of this module. */
final class BuiltSuite {

    private static final WordNet WORD_NET = WordNet.read();
    private static final Map<String, List<Unit>> UNITS = WordNetTasks.CONSTRUCTIONS.stream()
            .collect(Collectors.toMap(c -> c.task().name(), c -> c.units(WORD_NET)));

    private BuiltSuite() {}

    static WordNet wordNet() {
        return WORD_NET;
    }

    static List<Unit> units(Construction construction) {
        return UNITS.get(construction.task().name());
    }

    static Division division(Construction construction) {
        return Division.of(construction.task().name(), units(construction), construction.devExamples());
    }
}
