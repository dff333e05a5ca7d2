package org.adapterbench.reports;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.adapterbench.api.FailureKind;
import org.adapterbench.api.Sha256;
import org.adapterbench.api.method.MethodFact;
import org.adapterbench.api.method.Settings;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.api.record.Provenance;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.api.task.SplitFacts;
import org.jspecify.annotations.Nullable;

/** Invents a plausible run: numbers follow from the run's own names and seed, never from a clock. */
public final class SyntheticRun {

    public String experiment = "quick";
    public String encoder = "minilm-l6";
    public String weights = "";
    public String task = "wordnet/accept";
    public String metric = "matthews";
    public String variant = "lora r 8";
    public String method = "lora";
    public Map<String, Object> settings = Map.of("rank", 8, "alpha", 16.0, "targets", List.of("query", "value"));
    public long seed = 1;
    public int epochs = 3;
    public int stepsAnEpoch = 32;
    public double startQuality = 0.55;
    public double quality = 0.6;
    public long headParameters = 148_610;
    public long methodParameters = 73_728;
    public double stepSeconds = 0.18;
    public String startHash = "";
    public RunSpec.@Nullable TrainingSpec warmup = training(2, 1e-4, 0.1);
    public Numerics numerics = Numerics.PORTABLE;
    public String dataVersion = "1";
    public int trainExamples = 1000;
    public int threads = 2;
    public SplitFacts.ContentStatus content = SplitFacts.ContentStatus.OFFICIAL;
    public String processor = "AMD EPYC 7R13";
    public String processorFeatures = "avx2 fma";
    public String commit = "3f1c2a9be0d14f7f9a4f5a2e6f0d7c1b8a9e4d21";

    public static RunSpec.TrainingSpec training(int epochs, double rate, double dropout) {
        return new RunSpec.TrainingSpec(
                epochs,
                rate,
                1e-3,
                0.06,
                32,
                128,
                0.01,
                false,
                1.0,
                dropout,
                RunSpec.DropoutLayers.ALL,
                RunSpec.Part.TRAINED,
                RunSpec.Part.TRAINED,
                RunSpec.Checkpoint.LAST,
                0);
    }

    public RunRecord finished() {
        SplittableRandom random = new SplittableRandom(Sha256.ofText(name()).hashCode());
        return record(RunRecord.Status.FINISHED, null, outcome(random));
    }

    public RunRecord failed(FailureKind kind, String message, @Nullable String logTail) {
        return record(RunRecord.Status.FAILED, new RunRecord.Failure(kind, message, logTail), null);
    }

    private RunRecord record(RunRecord.Status status, RunRecord.@Nullable Failure failure, @Nullable Outcome outcome) {
        return new RunRecord(
                RunRecord.SCHEMA_VERSION,
                hash("run"),
                experiment,
                variant,
                status,
                spec(),
                failure,
                outcome,
                provenance());
    }

    public RunSpec.TaskSpec taskSpec() {
        return new RunSpec.TaskSpec(
                task,
                split("train", RunSpec.SubsetRule.RANDOM, trainExamples),
                List.of(split("dev", RunSpec.SubsetRule.FIRST, 500)));
    }

    private RunSpec.SplitSpec split(String name, RunSpec.SubsetRule rule, int examples) {
        String content = Sha256.ofText(task + name + dataVersion);
        return new RunSpec.SplitSpec(name, content, rule, 7, examples, Sha256.ofText(content + examples));
    }

    private RunSpec spec() {
        return new RunSpec(
                RunSpec.RECIPE_VERSION,
                new RunSpec.EncoderSpec(
                        encoder,
                        Sha256.ofText(encoder + " config"),
                        Sha256.ofText(encoder + weights),
                        Sha256.ofText(encoder + " tokenizer")),
                taskSpec(),
                new RunSpec.MethodSpec(method, Settings.recorded(settings)),
                new RunSpec.StartSpec(warmup),
                training(epochs, 3e-4, 0.1),
                seed,
                numerics,
                threads);
    }

    private Outcome outcome(SplittableRandom random) {
        double reached = quality + 0.03 * (random.nextDouble() - 0.5);
        long head = headParameters;
        return new Outcome(
                new Outcome.Start(
                        warmup == null ? "pretrained" : "warm-up", Sha256.ofText(encoder + task + seed + startHash)),
                List.of(facts("train", 4000), facts("dev", 500)),
                new Outcome.ParameterCounts(
                        methodParameters,
                        head,
                        methodParameters + head,
                        22_861_826,
                        4 * (methodParameters + head) + 512),
                List.of(new MethodFact("encoder.layer.5.query", "rank", List.of(8.0))),
                losses(random),
                epochs(reached),
                List.of(score(epochs == 0 ? startQuality + 0.004 * seed : reached)),
                new Outcome.Hashes(hash("loss"), hash("weights"), hash("predictions")),
                cost(random),
                new Outcome.Files("adapter.safetensors", "predictions.csv", "log.txt"));
    }

    private SplitFacts facts(String split, long rows) {
        return new SplitFacts(
                split,
                Sha256.ofText(task + split + dataVersion),
                rows,
                new TreeMap<>(Map.of("acceptable", rows / 2, "unacceptable", rows - rows / 2)),
                content);
    }

    private List<Float> losses(SplittableRandom random) {
        List<Float> losses = new ArrayList<>();
        int steps = epochs * stepsAnEpoch;
        for (int step = 0; step < steps; step++) {
            double falling = (1 - quality) / (1 + 4.0 * step / steps);
            losses.add((float) (falling + 0.08 * random.nextDouble()));
        }
        return losses;
    }

    private List<Outcome.Epoch> epochs(double reached) {
        List<Outcome.Epoch> list = new ArrayList<>();
        double start = startQuality + 0.004 * seed;
        for (int epoch = 0; epoch <= epochs; epoch++) {
            double score = epochs == 0 ? start : reached - (reached - start) * square(1 - (double) epoch / epochs);
            list.add(new Outcome.Epoch(epoch, epoch == 0 ? null : 0.7 - score / 2, List.of(score(score))));
        }
        return list;
    }

    private static double square(double value) {
        return value * value;
    }

    private Outcome.SplitScore score(double value) {
        return new Outcome.SplitScore(
                "dev", 500, 1 - value, new TreeMap<>(Map.of(metric, value, "accuracy", 0.5 + value / 2)));
    }

    private Outcome.Cost cost(SplittableRandom random) {
        double step = stepSeconds * (1 + 0.05 * random.nextDouble());
        boolean trains = epochs > 0;
        return new Outcome.Cost(
                new TreeMap<>(
                        Map.of("data", 0.4, "encoder", 1.3, "train", step * epochs * stepsAnEpoch, "evaluate", 2.1)),
                trains ? 32 / step : null,
                trains ? 380 / step : null,
                trains ? step * 0.9 : null,
                trains ? step : null,
                trains ? step * 1.2 : null,
                trains ? step * 1.6 : null,
                900_000_000L + (long) (step * 1e9));
    }

    private Provenance provenance() {
        return new Provenance(
                "0.1.0",
                commit,
                false,
                "2026-11-25T10:" + (10 + seed) + ":00Z",
                "17.0.15 Debian",
                "2.18.0",
                "2.36",
                "Linux 6.1 x86_64",
                processor,
                processorFeatures,
                2,
                null,
                new TreeMap<>(Map.of("TF_ENABLE_ONEDNN_OPTS", "0", "ONEDNN_MAX_CPU_ISA", "AVX2")),
                new TreeMap<>(Map.of("tokenizers", "0.38.0", "ejml", "0.46.1")));
    }

    private String hash(String of) {
        return Sha256.ofText(of + name());
    }

    private String name() {
        return encoder + "|" + task + "|" + variant + "|" + seed + "|" + startHash + numerics + dataVersion;
    }
}
