package org.adapterbench.datasets.wordnet;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.adapterbench.api.task.LabelledExample;
import org.adapterbench.api.task.Objective;
import org.adapterbench.api.task.Task;
import org.adapterbench.api.task.TextInput;
import org.adapterbench.datasets.metric.Metrics;

/** Definition of a noun to its lexicographer class. */
final class Supersense implements Construction {

    /** Number of the first noun file; the others follow in the order of {@link #CLASSES}. */
    private static final int FIRST_FILE = 3;

    private static final List<String> CLASSES = List.of(
            "tops",
            "act",
            "animal",
            "artifact",
            "attribute",
            "body",
            "cognition",
            "communication",
            "event",
            "feeling",
            "food",
            "group",
            "location",
            "motive",
            "object",
            "person",
            "phenomenon",
            "plant",
            "possession",
            "process",
            "quantity",
            "relation",
            "shape",
            "state",
            "substance",
            "time");

    @Override
    public Task task() {
        return new Task(
                "wordnet/supersense",
                "definition of a noun to one of 26 broad classes",
                false,
                new Objective.Classification(CLASSES),
                List.of(Metrics.ACCURACY, Metrics.MACRO_F1),
                List.of("dev"));
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public int devExamples() {
        return 2_000;
    }

    @Override
    public List<Unit> units(WordNet wordNet) {
        Definitions definitions = new Definitions(wordNet, 2, Integer.MAX_VALUE);
        List<Unit> units = new ArrayList<>();
        for (Synset synset : wordNet.nouns()) {
            definitions.of(synset).ifPresent(text -> {
                TextInput input = new TextInput(synset.id(), text, null);
                LabelledExample example = new LabelledExample(input, synset.lexicographer() - FIRST_FILE);
                units.add(new Unit(synset.id(), Set.of(synset.id()), List.of(example)));
            });
        }
        return units;
    }
}
