package org.adapterbench.core.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.adapterbench.api.FailureKind;
import org.adapterbench.api.RunFailure;
import org.adapterbench.api.UserError;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.api.record.RunSpec.SplitSpec;
import org.adapterbench.api.record.RunSpec.TrainingSpec;
import org.adapterbench.api.task.DataLocation;
import org.adapterbench.api.task.LabelledExample;
import org.adapterbench.api.task.LabelledSplit;
import org.adapterbench.api.task.SplitFacts;
import org.adapterbench.api.task.Task;
import org.adapterbench.api.task.TaskData;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.data.Selection;
import org.adapterbench.core.plugin.TaskCatalog;
import org.adapterbench.core.tokenize.HuggingFaceTextTokenizer;
import org.adapterbench.core.tokenize.TextTokenizer;
import org.adapterbench.core.train.EncodedExample;
import org.adapterbench.core.train.Evaluator.EvaluationSet;
import org.adapterbench.core.weights.EncoderAssets;
import org.adapterbench.core.weights.EncoderStore;
import org.adapterbench.core.weights.WeightsHash;
import org.jspecify.annotations.Nullable;

/**
 * Brings the encoder and the examples of a spec into memory, checked against the spec's hashes, and keeps the
 * last ones for the next run of the same worker.
 */
final class RunInputs {

    private final TaskCatalog tasks;
    private @Nullable Encoder encoder;
    private final Map<DataKey, Examples> data = new HashMap<>();

    RunInputs(TaskCatalog tasks) {
        this.tasks = tasks;
    }

    private record Encoder(String locator, EncoderAssets assets) {}

    private record DataKey(RunSpec.TaskSpec task, String tokenizerSha256, int maxLength) {}

    /**
     * What a run trains and is scored on.
     *
     * @param facts of the splits in use, the training split first
     */
    record Examples(Task task, List<EncodedExample> training, List<EvaluationSet> evaluation, List<SplitFacts> facts) {}

    /** The encoder that the request names, which must be the one that its spec describes. */
    EncoderAssets encoder(RunRequest request) {
        if (encoder == null || !encoder.locator().equals(request.encoder())) {
            encoder = null;
            EncoderAssets assets = new EncoderStore(new CacheFolder(request.cache())).open(request.encoder());
            requireUndamaged(assets);
            encoder = new Encoder(request.encoder(), assets);
        }
        EncoderAssets assets = encoder.assets();
        RunSpec.EncoderSpec spec = request.spec().encoder();
        requireEqual(
                "sizes and constants of encoder " + assets.name(),
                spec.configSha256(),
                assets.config().sha256());
        requireEqual("weights of encoder " + assets.name(), spec.weightsSha256(), assets.weightsSha256());
        requireEqual("tokenizer files of encoder " + assets.name(), spec.tokenizerSha256(), assets.tokenizerSha256());
        return assets;
    }

    /** The store looks at samples of the file only; a worker reads every weight once before it trusts the hash. */
    private static void requireUndamaged(EncoderAssets assets) {
        String found = WeightsHash.of(assets.weights());
        if (!found.equals(assets.weightsSha256())) {
            throw new RunFailure(
                    FailureKind.DATA,
                    assets.tokenizerFile().getParent() + ": the cached weights are damaged: SHA-256 " + found
                            + " instead of " + assets.weightsSha256() + " (remedy: adapterbench cache clean encoders)");
        }
    }

    /** The examples that the spec selects, tokenised for the method's turn. */
    Examples examples(RunRequest request, EncoderAssets assets) {
        return examples(request, assets, request.spec().training().maxLength());
    }

    /** The training examples tokenised for a warm-up, which may truncate elsewhere. */
    List<EncodedExample> warmupExamples(RunRequest request, EncoderAssets assets, TrainingSpec warmup) {
        return examples(request, assets, warmup.maxLength()).training();
    }

    private Examples examples(RunRequest request, EncoderAssets assets, int maxLength) {
        if (maxLength > assets.config().maxLength()) {
            throw new UserError("max-length: " + maxLength + " is more than encoder " + assets.name()
                    + " has positions for (allowed: up to " + assets.config().maxLength() + ")");
        }
        DataKey key = new DataKey(request.spec().task(), assets.tokenizerSha256(), maxLength);
        Examples known = data.get(key);
        if (known == null) {
            data.keySet().removeIf(other -> !other.task().equals(key.task()));
            known = load(request, assets, maxLength);
            data.put(key, known);
        }
        return known;
    }

    private Examples load(RunRequest request, EncoderAssets assets, int maxLength) {
        RunSpec.TaskSpec spec = request.spec().task();
        DataLocation location = new DataLocation(request.glue(), new CacheFolder(request.cache()).data());
        TaskData loaded = tasks.load("task", spec.name(), location);
        List<SplitFacts> facts = new ArrayList<>();
        List<EvaluationSet> evaluation = new ArrayList<>();
        try (TextTokenizer tokenizer = HuggingFaceTextTokenizer.open(assets)) {
            facts.add(loaded.facts(spec.train().split()));
            List<EncodedExample> training =
                    EncodedExample.of(tokenizer, select(loaded.train(), loaded, spec.train()), maxLength);
            for (SplitSpec split : spec.evaluation()) {
                LabelledSplit labelled = loaded.evaluation(split.split())
                        .orElseThrow(() -> new RunFailure(
                                FailureKind.DATA, "task " + spec.name() + " has no split " + split.split()));
                facts.add(loaded.facts(split.split()));
                evaluation.add(new EvaluationSet(
                        split.split(), EncodedExample.of(tokenizer, select(labelled, loaded, split), maxLength)));
            }
            return new Examples(loaded.task(), training, List.copyOf(evaluation), List.copyOf(facts));
        }
    }

    private static List<LabelledExample> select(LabelledSplit split, TaskData data, SplitSpec spec) {
        return Selection.repeat(split, data.facts(split.name()), spec).examples();
    }

    private static void requireEqual(String what, String wanted, String found) {
        if (!wanted.equals(found)) {
            throw new RunFailure(FailureKind.DATA, what + " have SHA-256 " + found + ", the run asks for " + wanted);
        }
    }
}
