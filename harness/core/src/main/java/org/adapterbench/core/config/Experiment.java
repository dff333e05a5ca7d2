package org.adapterbench.core.config;

import java.util.List;
import org.adapterbench.api.method.Settings;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.RunSpec.SubsetRule;
import org.adapterbench.api.record.RunSpec.TrainingSpec;
import org.jspecify.annotations.Nullable;

/**
 * An experiment file with every default filled in: encoders x tasks x seeds x methods.
 *
 * @param name        names the output folder
 * @param title       heading of the report
 * @param description what it is for, may be empty
 * @param encoders    catalogue names, folders, or {@code hub:name@revision}
 * @param encoderPlace file, line and key of the encoders, for messages
 * @param tasks       {@code suite/task}
 * @param methods     in the order of the file
 * @param seeds       run seeds
 * @param data        which examples
 * @param warmup      full fine-tuning before every method; null to start from the pretrained weights
 * @param warmupPlace file, line and key of the section that the warm-up's values are from, for messages
 * @param numerics    portable or fast
 * @param threads     that TensorFlow computes with
 * @param workers     runs at the same time
 * @param save        what a run keeps of its weights
 * @param activationMegabytes room a worker has for stored activations of frozen layers, 0 to compute them every time
 */
public record Experiment(
        String name,
        String title,
        String description,
        List<String> encoders,
        String encoderPlace,
        List<String> tasks,
        List<MethodChoice> methods,
        List<Long> seeds,
        DataChoice data,
        @Nullable TrainingSpec warmup,
        String warmupPlace,
        Numerics numerics,
        int threads,
        int workers,
        Save save,
        int activationMegabytes) {

    public Experiment {
        encoders = List.copyOf(encoders);
        tasks = List.copyOf(tasks);
        methods = List.copyOf(methods);
        seeds = List.copyOf(seeds);
    }

    /**
     * One method with its settings.
     *
     * @param label    display name, unique in the experiment
     * @param method   the method's name
     * @param settings resolved against the method's declaration
     * @param training the experiment's training with this entry's overrides
     * @param place    file, line and key, for messages
     * @param steps    the same of each key of this entry that says how steps are taken
     */
    public record MethodChoice(
            String label, String method, Settings settings, TrainingSpec training, String place, List<String> steps) {

        public MethodChoice {
            steps = List.copyOf(steps);
        }
    }

    /**
     * Which examples are used.
     *
     * @param train      training examples at the most; 0 for all
     * @param evaluation examples of each evaluation split at the most; 0 for all
     * @param rule       how they are drawn
     * @param subsetSeed of a {@code random} draw
     */
    public record DataChoice(int train, int evaluation, SubsetRule rule, long subsetSeed) {}
}
