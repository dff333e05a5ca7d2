package org.adapterbench.datasets.wordnet;

import java.util.List;
import java.util.Optional;
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

/**
 * The suite {@code wordnet}: made from the dictionary on first use, read from the cache afterwards. A cached task
 * whose content is not the pinned one is made again.
 */
public final class WordNetTasks implements TaskProvider {

    static final List<Construction> CONSTRUCTIONS =
            List.of(new Acceptability(), new Paraphrase(), new Entailment(), new Similarity(), new Supersense());

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
        Optional<Division> cached = cache.read();
        if (cached.isPresent()) {
            TaskData known = data(task, cached.get());
            if (known.facts().stream().allMatch(split -> split.status() == ContentStatus.OFFICIAL)) {
                return known;
            }
        }
        // Absent, or not what is pinned: left by another state of the construction that had the same version.
        Division built = build(construction, WordNet.read());
        cache.write(built);
        return data(task, built);
    }

    private static TaskData data(Task task, Division division) {
        List<SplitFacts> facts = List.of(facts(task, division.train()), facts(task, division.dev()));
        return new TaskData(task, division.train(), List.of(division.dev()), facts);
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
