package org.adapterbench.core.store;

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
import org.adapterbench.api.record.RunRecord.Failure;
import org.adapterbench.api.record.RunRecord.Status;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.api.record.RunSpec.EncoderSpec;
import org.adapterbench.api.record.RunSpec.MethodSpec;
import org.adapterbench.api.record.RunSpec.SplitSpec;
import org.adapterbench.api.record.RunSpec.StartSpec;
import org.adapterbench.api.record.RunSpec.SubsetRule;
import org.adapterbench.api.record.RunSpec.TaskSpec;
import org.adapterbench.api.task.SplitFacts;
import org.adapterbench.api.task.SplitFacts.ContentStatus;
import org.adapterbench.core.config.Defaults;
import org.adapterbench.core.json.RunIds;

/** Specs, outcomes and records with every kind of value in them. */
public final class Records {

    private static final String HASH = "a".repeat(64);

    private Records() {}

    public static RunSpec spec(String method, long seed) {
        SplitSpec train = new SplitSpec("train", HASH, SubsetRule.RANDOM, 7, 20, HASH);
        SplitSpec dev = new SplitSpec("dev", HASH, SubsetRule.ALL, 0, 10, HASH);
        return new RunSpec(
                1,
                new EncoderSpec("minilm-l6", HASH, HASH, HASH),
                new TaskSpec("glue/mrpc", train, List.of(dev)),
                new MethodSpec(
                        method,
                        Settings.recorded(Map.of(
                                "rank", 8L, "alpha", 16.0, "targets", List.of("query", "value"), "layers", "last-4"))),
                new StartSpec(Defaults.TRAINING),
                Defaults.TRAINING,
                seed,
                Numerics.PORTABLE,
                2);
    }

    public static Outcome outcome() {
        return new Outcome(
                new Outcome.Start("warm-up", HASH),
                List.of(new SplitFacts(
                        "train", HASH, 20, new TreeMap<>(Map.of("no", 9L, "yes", 11L)), ContentStatus.OFFICIAL)),
                new Outcome.ParameterCounts(10, 20, 30, 40, 500),
                List.of(new MethodFact("encoder.layer.0.attention.self.query", "rank", List.of(3.0))),
                List.of(0.6931472f, 1e-8f, 123456.78f),
                List.of(
                        new Outcome.Epoch(0, null, List.of(score(0.5))),
                        new Outcome.Epoch(1, 0.25, List.of(score(2.0 / 3)))),
                List.of(score(2.0 / 3)),
                new Outcome.Hashes(HASH, HASH, HASH),
                new Outcome.Cost(new TreeMap<>(Map.of("train", 1.5)), 10.5, null, null, 0.1, null, null, 123_456L),
                new Outcome.Files("adapter.safetensors", "predictions.tsv", "worker.log"));
    }

    private static Outcome.SplitScore score(double value) {
        return new Outcome.SplitScore("dev", 10, 0.7, new TreeMap<>(Map.of("accuracy", value)));
    }

    public static Provenance provenance() {
        return new Provenance(
                "0.1.0",
                null,
                null,
                "2026-01-02T03:04:05Z",
                "17.0.1 Debian",
                "2.18.0",
                "2.36",
                "Linux 6.1 amd64",
                "Some Processor",
                "avx2 fma",
                2,
                null,
                new TreeMap<>(Map.of("TF_ENABLE_ONEDNN_OPTS", "0")),
                new TreeMap<>(Map.of("ejml", "0.46.1")));
    }

    public static RunRecord finished(RunSpec spec) {
        return new RunRecord(
                RunRecord.SCHEMA_VERSION,
                RunIds.of(spec),
                "tiny",
                spec.method().name(),
                Status.FINISHED,
                spec,
                null,
                outcome(),
                provenance());
    }

    public static RunRecord failed(RunSpec spec) {
        Failure failure = new Failure(FailureKind.OUT_OF_MEMORY, "killed", "last line\n");
        return new RunRecord(
                RunRecord.SCHEMA_VERSION,
                RunIds.of(spec),
                "tiny",
                spec.method().name(),
                Status.FAILED,
                spec,
                failure,
                null,
                provenance());
    }
}
