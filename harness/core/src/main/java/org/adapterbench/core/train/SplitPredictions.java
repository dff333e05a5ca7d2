package org.adapterbench.core.train;

import java.util.List;
import org.adapterbench.api.Sha256;

/** The answers for one split, in the split's order. */
public record SplitPredictions(String split, List<Prediction> predictions) {

    public SplitPredictions {
        predictions = List.copyOf(predictions);
    }

    /** SHA-256 over ids and score bits of several splits. */
    public static String sha256(List<SplitPredictions> splits) {
        Sha256 sha = new Sha256();
        for (SplitPredictions split : splits) {
            sha.add(split.split());
            split.predictions().forEach(p -> sha.add(p.id()).add(p.scores()));
        }
        return sha.hex();
    }
}
