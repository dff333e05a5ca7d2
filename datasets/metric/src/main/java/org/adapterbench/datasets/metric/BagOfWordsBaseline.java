package org.adapterbench.datasets.metric;

import java.util.ArrayList;
import java.util.List;
import org.adapterbench.api.task.LabelledExample;
import org.adapterbench.api.task.LabelledSplit;
import org.adapterbench.api.task.Objective;
import org.adapterbench.api.task.Task;
import org.adapterbench.api.task.TextInput;

/**
 * A linear model of words and word pairs: multinomial logistic regression for classes, L2-penalised least squares
 * for a scale. For pairs it sees the words of each text, the shared words, and how far the two overlap; it knows
 * nothing of meaning or of word order beyond two neighbours.
 */
public final class BagOfWordsBaseline implements Baseline {

    @Override
    public String name() {
        return "bag-of-words";
    }

    @Override
    public float[] predict(Task task, LabelledSplit train, List<TextInput> inputs) {
        List<SparseVector> rows = new ArrayList<>(train.examples().size());
        float[] targets = new float[train.examples().size()];
        for (LabelledExample example : train.examples()) {
            targets[rows.size()] = example.target();
            rows.add(Features.of(example.input()));
        }
        LinearModel model = new LinearModel(task.objective(), Features.COUNT);
        model.fit(rows, targets);
        float[] predicted = new float[inputs.size()];
        for (int i = 0; i < predicted.length; i++) {
            predicted[i] = decide(task.objective(), model.scores(Features.of(inputs.get(i))));
        }
        return predicted;
    }

    private static float decide(Objective objective, double[] scores) {
        if (objective instanceof Objective.Regression scale) {
            return (float) Math.max(scale.least(), Math.min(scale.most(), scores[0]));
        }
        int best = 0;
        for (int k = 1; k < scores.length; k++) {
            if (scores[k] > scores[best]) {
                best = k;
            }
        }
        return best;
    }
}
