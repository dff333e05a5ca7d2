package org.adapterbench.api.task;

import java.util.List;
import org.adapterbench.api.Sha256;

/** Hashes of split contents and of example selections. */
public final class ContentHash {

    private ContentHash() {}

    /** Hash over texts and label names in order; the ids, the layout and the label numbering do not enter. */
    public static String of(Objective objective, LabelledSplit split) {
        Sha256 sha = new Sha256();
        for (LabelledExample example : split.examples()) {
            addText(sha, example.input());
            sha.add(labelName(objective, example.target()));
        }
        return sha.hex();
    }

    /** The same for a split without labels. */
    public static String of(UnlabelledSplit split) {
        Sha256 sha = new Sha256();
        split.inputs().forEach(input -> addText(sha, input));
        return sha.hex();
    }

    /** Hash of a selection: the ids in order. */
    public static String ofIds(List<String> ids) {
        Sha256 sha = new Sha256();
        ids.forEach(sha::add);
        return sha.hex();
    }

    private static void addText(Sha256 sha, TextInput input) {
        sha.add(input.first());
        if (input.second() != null) {
            sha.add(input.second());
        }
    }

    private static String labelName(Objective objective, float target) {
        if (objective instanceof Objective.Classification classification) {
            return classification.labels().get((int) target);
        }
        return Integer.toHexString(Float.floatToIntBits(target));
    }
}
