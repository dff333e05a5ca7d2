package org.adapterbench.core.data;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.adapterbench.api.FailureKind;
import org.adapterbench.api.RunFailure;
import org.adapterbench.api.Sha256;
import org.adapterbench.api.record.RunSpec.SplitSpec;
import org.adapterbench.api.record.RunSpec.SubsetRule;
import org.adapterbench.api.task.ContentHash;
import org.adapterbench.api.task.LabelledExample;
import org.adapterbench.api.task.LabelledSplit;
import org.adapterbench.api.task.SplitFacts;

/** A selection of a split's examples, in the split's own order. */
public record Selection(SplitSpec spec, List<LabelledExample> examples) {

    public Selection {
        examples = List.copyOf(examples);
    }

    /**
     * Draws a selection. A smaller one by the same rule and seed lies inside a larger one.
     *
     * @param most how many examples at the most; 0 for all
     */
    public static Selection draw(LabelledSplit split, SplitFacts facts, SubsetRule rule, long seed, int most) {
        int size = split.examples().size();
        SubsetRule effective = most == 0 || most >= size ? SubsetRule.ALL : rule;
        long effectiveSeed = effective == SubsetRule.RANDOM ? seed : 0;
        List<LabelledExample> chosen = choose(split, effective, effectiveSeed, most);
        SplitSpec spec = new SplitSpec(
                split.name(), facts.contentSha256(), effective, effectiveSeed, chosen.size(), hash(chosen));
        return new Selection(spec, chosen);
    }

    /**
     * Repeats a recorded selection.
     *
     * @throws RunFailure of kind DATA when the split's content or the drawn ids differ from the record
     */
    public static Selection repeat(LabelledSplit split, SplitFacts facts, SplitSpec spec) {
        if (!facts.contentSha256().equals(spec.contentSha256())) {
            throw new RunFailure(
                    FailureKind.DATA,
                    "split " + split.name() + " has content " + facts.contentSha256() + ", the run asks for "
                            + spec.contentSha256());
        }
        List<LabelledExample> chosen = choose(split, spec.rule(), spec.subsetSeed(), spec.examples());
        String hash = hash(chosen);
        if (!hash.equals(spec.idsSha256())) {
            throw new RunFailure(
                    FailureKind.DATA,
                    "selection of split " + split.name() + " has ids " + hash + ", the run asks for "
                            + spec.idsSha256());
        }
        return new Selection(spec, chosen);
    }

    private static List<LabelledExample> choose(LabelledSplit split, SubsetRule rule, long seed, int most) {
        return switch (rule) {
            case ALL -> split.examples();
            case FIRST -> split.examples().subList(0, most);
            case RANDOM -> random(split, seed, most);
        };
    }

    private static List<LabelledExample> random(LabelledSplit split, long seed, int most) {
        record Ranked(String key, String id) {}
        Set<String> ids = new HashSet<>(split.examples().stream()
                .map(e -> new Ranked(new Sha256().add(seed).add(e.id()).hex(), e.id()))
                .sorted(Comparator.comparing(Ranked::key))
                .limit(most)
                .map(Ranked::id)
                .toList());
        return split.examples().stream().filter(e -> ids.contains(e.id())).toList();
    }

    private static String hash(List<LabelledExample> examples) {
        return ContentHash.ofIds(examples.stream().map(LabelledExample::id).toList());
    }
}
