package org.adapterbench.datasets.wordnet;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.adapterbench.api.UserError;
import org.adapterbench.api.task.ContentHash;
import org.adapterbench.api.task.DataLocation;
import org.adapterbench.api.task.LabelledExample;
import org.adapterbench.api.task.LabelledSplit;
import org.adapterbench.api.task.Objective;
import org.adapterbench.api.task.SplitFacts;
import org.adapterbench.api.task.SplitFacts.ContentStatus;
import org.adapterbench.api.task.Task;
import org.adapterbench.api.task.TaskData;
import org.adapterbench.api.task.TaskProvider;

/** The suite {@code wordnet}: made from the dictionary on first use, read from the cache afterwards. */
public final class WordNetTasks implements TaskProvider {

    static final List<Construction> CONSTRUCTIONS = List.of(
            new Acceptability(), new Paraphrase(), new Entailment(), new Similarity(), new Supersense());

    @Override
    public String suite() {
        return "wordnet";
    }

    @Override
    public List<Task> tasks() {
        return CONSTRUCTIONS.stream().map(Construction::task).toList();
    }

    @Override
    public TaskData load(Task task, DataLocation location) {
        Construction construction = construction(task.name());
        SplitCache cache = new SplitCache(location.cache(), construction);
        Division division = cache.read().orElseGet(() -> {
            Division built = build(construction, WordNet.read());
            cache.write(built);
            return built;
        });
        List<SplitFacts> facts = List.of(facts(task, division.train()), facts(task, division.dev()));
        return new TaskData(task, division.train(), List.of(division.dev()), List.of(), facts);
    }

    static Division build(Construction construction, WordNet wordNet) {
        return Division.of(construction.task().name(), construction.units(wordNet), construction.devExamples());
    }

    static Construction construction(String task) {
        return CONSTRUCTIONS.stream()
                .filter(construction -> construction.task().name().equals(task))
                .findFirst()
                .orElseThrow(() -> UserError.unknown(
                        "suite wordnet",
                        "task",
                        task,
                        CONSTRUCTIONS.stream().map(c -> c.task().name()).toList()));
    }

    static SplitFacts facts(Task task, LabelledSplit split) {
        String hash = ContentHash.of(task.objective(), split);
        boolean pinned = Manifest.read().agrees(task.name(), split.name(), hash);
        ContentStatus status = pinned ? ContentStatus.OFFICIAL : ContentStatus.OTHER;
        return new SplitFacts(split.name(), hash, split.examples().size(), histogram(task, split), status);
    }

    private static SortedMap<String, Long> histogram(Task task, LabelledSplit split) {
        SortedMap<String, Long> histogram = new TreeMap<>();
        if (task.objective() instanceof Objective.Classification classification) {
            for (LabelledExample example : split.examples()) {
                histogram.merge(classification.labels().get((int) example.target()), 1L, Long::sum);
            }
        }
        return histogram;
    }
}
