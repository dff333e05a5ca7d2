package org.adapterbench.cli;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.adapterbench.api.FailureKind;
import org.adapterbench.api.method.MethodFact;
import org.adapterbench.api.method.Settings;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.api.record.Provenance;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.api.record.RunSpec.SplitSpec;
import org.adapterbench.api.record.RunSpec.SubsetRule;
import org.adapterbench.api.task.SplitFacts;
import org.adapterbench.api.task.SplitFacts.ContentStatus;
import org.adapterbench.core.config.Defaults;
import org.adapterbench.core.json.RunIds;

/** Records in which one text stands wherever any text can stand. */
final class HostileRecord {

    private static final String HASH = "a".repeat(64);

    private final String text;

    HostileRecord(String text) {
        this.text = text;
    }

    RunRecord finished() {
        RunSpec spec = spec(1);
        return RunRecord.finished(RunIds.of(spec), text, text, spec, outcome(), provenance());
    }

    RunRecord failed() {
        RunSpec spec = spec(2);
        RunRecord.Failure failure = new RunRecord.Failure(FailureKind.BUG, text, text);
        return RunRecord.failed(RunIds.of(spec), text, text, spec, failure, provenance());
    }

    private RunSpec spec(long seed) {
        SplitSpec train = new SplitSpec("train", HASH, SubsetRule.ALL, 0, 20, HASH);
        SplitSpec dev = new SplitSpec(text, HASH, SubsetRule.ALL, 0, 10, HASH);
        return new RunSpec(
                RunSpec.RECIPE_VERSION,
                new RunSpec.EncoderSpec(text, HASH, HASH, HASH),
                new RunSpec.TaskSpec(text, train, List.of(dev)),
                new RunSpec.MethodSpec(
                        text, Settings.recorded(Map.of(text, text, "rank", 8L, "targets", List.of(text)))),
                new RunSpec.StartSpec(Defaults.TRAINING),
                Defaults.TRAINING,
                seed,
                Numerics.PORTABLE,
                2);
    }

    private Outcome outcome() {
        Outcome.SplitScore score = new Outcome.SplitScore(text, 10, 0.7, new TreeMap<>(Map.of(text, -0.5)));
        return new Outcome(
                new Outcome.Start(text, HASH),
                List.of(
                        new SplitFacts(
                                "train",
                                HASH,
                                20,
                                new TreeMap<>(Map.of(text, 20L)),
                                ContentStatus.OTHER,
                                new TreeMap<>(Map.of(text, 3L))),
                        new SplitFacts(text, HASH, 10, new TreeMap<>(Map.of(text, 10L)), ContentStatus.OTHER)),
                new Outcome.ParameterCounts(10, 20, 30, 40, 500),
                List.of(new MethodFact(text, text, List.of(3.0))),
                List.of(0.7f, 0.6f),
                List.of(new Outcome.Epoch(0, null, List.of(score)), new Outcome.Epoch(1, 0.25, List.of(score))),
                List.of(score),
                new Outcome.Hashes(HASH, HASH, HASH),
                new Outcome.Cost(new TreeMap<>(Map.of(text, 1.5)), 10.5, null, null, 0.1, null, null, 1L << 30),
                new Outcome.Files(text, text, text));
    }

    private Provenance provenance() {
        return new Provenance(
                text,
                text,
                true,
                text,
                text,
                text,
                text,
                text,
                text,
                text,
                2,
                text,
                new TreeMap<>(Map.of(text, text)),
                new TreeMap<>(Map.of("method " + text, text)));
    }
}
