package org.adapterbench.reports;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.adapterbench.api.record.RunSpec;

/** Says parts of a spec in words. */
public final class SpecText {

    private SpecText() {}

    /** Training settings by name, in the order in which they are shown. */
    public static Map<String, String> training(RunSpec.TrainingSpec training) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("epochs", Integer.toString(training.epochs()));
        values.put("rate", Numbers.exact(training.learningRate()));
        values.put("head rate", Numbers.exact(training.headLearningRate()));
        values.put("rising rate", Numbers.percent(100 * training.warmupFraction()) + " of the steps");
        values.put("batch", Integer.toString(training.batchSize()));
        values.put("longest text", training.maxLength() + " tokens");
        values.put(
                "weight decay",
                Numbers.exact(training.weightDecay())
                        + (training.decayAll() ? " on all" : ", not on biases and norms"));
        values.put("gradient norm", "at most " + Numbers.exact(training.clipNorm()));
        values.put("dropout", dropout(training));
        values.put("head", word(training.head()));
        values.put("pooler", word(training.pooler()));
        values.put("checkpoint", checkpoint(training));
        return values;
    }

    private static String dropout(RunSpec.TrainingSpec training) {
        String where = training.dropoutLayers() == RunSpec.DropoutLayers.ALL ? "" : " above frozen layers";
        return Numbers.exact(training.dropout()) + where;
    }

    private static String checkpoint(RunSpec.TrainingSpec training) {
        return training.checkpoint() == RunSpec.Checkpoint.LAST
                ? "last epoch"
                : "best epoch on " + Numbers.grouped(training.selectionExamples()) + " held-out training examples";
    }

    /** The value of a method's setting. */
    public static String setting(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(SpecText::setting).collect(Collectors.joining("+"));
        }
        return value instanceof Double number ? Numbers.exact(number) : value.toString();
    }

    /** How the examples of a split were chosen. */
    public static String rule(RunSpec.SplitSpec selection) {
        return switch (selection.rule()) {
            case ALL -> "all";
            case FIRST -> "the first";
            case RANDOM -> "at random, seed " + selection.subsetSeed();
        };
    }

    /** An enum constant as words. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
