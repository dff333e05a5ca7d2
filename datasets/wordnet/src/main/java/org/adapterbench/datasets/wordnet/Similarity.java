package org.adapterbench.datasets.wordnet;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.adapterbench.api.task.LabelledExample;
import org.adapterbench.api.task.Objective;
import org.adapterbench.api.task.Task;
import org.adapterbench.api.task.TextInput;
import org.adapterbench.datasets.metric.Metrics;

/**
 * How near are two defined nouns? The answer is five times their Wu-Palmer similarity in {@link NounTree},
 * 2 depth(common) / (depth(a) + depth(b)), to two decimals. Each synset is used once; each of the five unit
 * bands of the scale has about the same number of pairs.
 */
final class Similarity implements Construction {

    private static final String NAME = "wordnet/similarity";
    private static final int BANDS = 5;
    private static final int MOST_PAIRS = 24_000;
    private static final int ATTEMPTS = 60;

    @Override
    public Task task() {
        return new Task(
                NAME,
                "how near are the two defined things, from 0 to 5?",
                true,
                new Objective.Regression(0, BANDS),
                List.of(Metrics.PEARSON, Metrics.SPEARMAN),
                List.of("dev"));
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public int devExamples() {
        return 1_500;
    }

    @Override
    public List<Unit> units(WordNet wordNet) {
        NounTree tree = new NounTree(wordNet);
        Definitions definitions = new Definitions(wordNet, 3, 16);
        Set<String> used = new HashSet<>();
        List<Unit> units = new ArrayList<>();
        for (Synset anchor : Lottery.shuffled(wordNet.nouns(), NAME, Synset::id)) {
            Optional<String> text = definitions.of(anchor);
            if (units.size() < MOST_PAIRS && text.isPresent() && !used.contains(anchor.id())) {
                int band = units.size() % BANDS;
                partner(tree, definitions, anchor, band, used).ifPresent(partner -> {
                    used.add(anchor.id());
                    used.add(partner.id());
                    units.add(pair(
                            tree,
                            anchor,
                            text.get(),
                            partner,
                            definitions.of(partner).orElseThrow()));
                });
            }
        }
        return units;
    }

    /** Draws from below the anchor's ancestors until a partner's score lies in the band. */
    private static Optional<Synset> partner(
            NounTree tree, Definitions definitions, Synset anchor, int band, Set<String> used) {
        List<Synset> path = tree.path(anchor);
        Random random = new Random(Lottery.ticket(NAME, "partner", anchor.id()));
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            List<Synset> near = tree.subtree(path.get(random.nextInt(path.size())));
            Synset candidate = near.get(random.nextInt(near.size()));
            boolean other = !candidate.id().equals(anchor.id()) && !used.contains(candidate.id());
            if (other && definitions.of(candidate).isPresent() && band(hundredths(tree, anchor, candidate)) == band) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private static int band(int hundredths) {
        return Math.min(BANDS - 1, hundredths / 100);
    }

    /** The score in hundredths, rounded half up, in whole numbers. */
    static int hundredths(NounTree tree, Synset a, Synset b) {
        int sum = tree.depth(a) + tree.depth(b);
        return (2 * 2 * BANDS * 100 * tree.commonDepth(a, b) + sum) / (2 * sum);
    }

    private static Unit pair(NounTree tree, Synset a, String textA, Synset b, String textB) {
        String id = a.id() + "-" + b.id();
        float score = hundredths(tree, a, b) / 100f;
        LabelledExample example = new LabelledExample(new TextInput(id, textA, textB), score);
        return new Unit(id, Set.of(a.id(), b.id()), List.of(example));
    }
}
