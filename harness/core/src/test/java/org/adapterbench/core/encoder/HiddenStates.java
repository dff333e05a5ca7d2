package org.adapterbench.core.encoder;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.adapterbench.api.method.Adapter;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.RunSpec.Part;
import org.adapterbench.api.record.RunSpec.TrainingSpec;
import org.adapterbench.api.task.Objective;
import org.adapterbench.api.task.TextInput;
import org.adapterbench.core.config.Defaults;
import org.adapterbench.core.tokenize.HuggingFaceTextTokenizer;
import org.adapterbench.core.tokenize.TextTokenizer;
import org.adapterbench.core.tokenize.Tokens;
import org.adapterbench.core.train.Batch;
import org.adapterbench.core.train.EncodedExample;
import org.adapterbench.core.train.TrainingGraph;
import org.adapterbench.core.weights.EncoderAssets;

/**
 * Our graph's last hidden states on one padded batch of mixed lengths, for comparison with another implementation.
 *
 * @param values rows x length x hidden
 */
record HiddenStates(EncoderAssets assets, Batch batch, float[] values) {

    private static final int MOST_TOKENS = 128;

    private static final List<TextInput> TEXTS = List.of(
            new TextInput("0", "A small boat crossed the wide river before dawn.", null),
            new TextInput("1", "Is this the way to the station?", "Yes, and the last train leaves at nine."),
            new TextInput("2", "no", null),
            new TextInput(
                    "3",
                    "She measured the same thing twice, " + "and then once more, ".repeat(8) + "to be sure.",
                    null),
            new TextInput("4", "Der Zug nach Zürich fällt heute aus.", "The train to Zurich does not run today."),
            new TextInput("5", "", null));

    /** @param length padded tokens a row; 0 for the shortest that fits */
    static HiddenStates of(EncoderAssets assets, int length) {
        List<EncodedExample> examples = encode(assets);
        int longest = examples.stream().mapToInt(e -> e.tokens().length()).max().orElseThrow();
        int rows = examples.size();
        Batch batch = Batch.of(
                examples,
                IntStream.range(0, rows).toArray(),
                rows,
                length == 0 ? ShapeRule.paddedLength(longest) : length,
                assets.config());
        Model model = new Model(new ModelLayout(assets.config(), 2), assets.weights(), 1);
        TrainingSpec spec = Defaults.TRAINING.toBuilder()
                .epochs(0)
                .learningRate(1e-3)
                .warmupFraction(0)
                .maxLength(MOST_TOKENS)
                .weightDecay(0)
                .clipNorm(0)
                .dropout(0)
                .head(Part.FROZEN)
                .pooler(Part.FROZEN)
                .build();
        Objective objective = new Objective.Classification(List.of("a", "b"));
        try (TrainingGraph graph = new TrainingGraph(model, new Adapter() {}, objective, spec, Numerics.PORTABLE, 2)) {
            return new HiddenStates(assets, batch, graph.hiddenStates(batch));
        }
    }

    private static List<EncodedExample> encode(EncoderAssets assets) {
        try (TextTokenizer tokenizer = HuggingFaceTextTokenizer.open(assets)) {
            List<Tokens> tokens = tokenizer.encode(TEXTS, MOST_TOKENS);
            List<EncodedExample> examples = new ArrayList<>();
            for (int i = 0; i < tokens.size(); i++) {
                examples.add(new EncodedExample(TEXTS.get(i).id(), tokens.get(i), 0));
            }
            return examples;
        }
    }

    /** The largest absolute difference at any token that is not padding. */
    double largestDifference(float[] others) {
        int hidden = assets.config().hidden();
        double largest = 0;
        for (int token = 0; token < batch.mask().length; token++) {
            for (int i = 0; batch.mask()[token] == 1f && i < hidden; i++) {
                int index = token * hidden + i;
                largest = Math.max(largest, Math.abs((double) values[index] - others[index]));
            }
        }
        return largest;
    }
}
