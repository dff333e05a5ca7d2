package org.adapterbench.datasets.metric;

import java.util.Arrays;
import java.util.List;
import org.adapterbench.api.task.LabelledExample;
import org.adapterbench.api.task.LabelledSplit;
import org.adapterbench.api.task.Objective;
import org.adapterbench.api.task.Task;
import org.adapterbench.api.task.TextInput;

/** Predicts one value for everything: the most frequent class (the lowest of equals), or the mean. */
public final class MajorityBaseline implements Baseline {

    @Override
    public String name() {
        return "majority";
    }

    @Override
    public float[] predict(Task task, LabelledSplit train, List<TextInput> inputs) {
        float[] predicted = new float[inputs.size()];
        Arrays.fill(predicted, constant(task.objective(), train));
        return predicted;
    }

    private static float constant(Objective objective, LabelledSplit train) {
        if (objective instanceof Objective.Regression) {
            double sum = 0;
            for (LabelledExample example : train.examples()) {
                sum += example.target();
            }
            return (float) (sum / train.examples().size());
        }
        long[] counts = new long[objective.outputs()];
        for (LabelledExample example : train.examples()) {
            counts[(int) example.target()]++;
        }
        int most = 0;
        for (int k = 1; k < counts.length; k++) {
            if (counts[k] > counts[most]) {
                most = k;
            }
        }
        return most;
    }
}
