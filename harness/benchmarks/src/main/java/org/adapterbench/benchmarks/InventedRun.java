package org.adapterbench.benchmarks;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.adapterbench.api.Sha256;
import org.adapterbench.api.method.Settings;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.api.record.Provenance;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.api.task.SplitFacts;
import org.adapterbench.core.Seeds;
import org.adapterbench.core.config.Defaults;
import org.adapterbench.core.provenance.ProvenanceCollector;

/** Records as large as those of real runs, whose numbers follow from their name and seed: for commands that read many. */
public final class InventedRun {

    private static final String TASK = "wordnet/accept";
    private static final int EPOCHS = 3;
    private static final int STEPS = 96;
    private static final double FIRST_LOSS = 0.7;
    private static final double FIRST_SCORE = 0.5;
    private static final double PROGRESS = 0.1;
    private static final long MODEL = 22_861_826;
    private static final long HEAD = 148_610;
    private static final long BYTES = 1_000_000_000;

    private static final Provenance HERE = new ProvenanceCollector(Map.of()).collect(Instant.EPOCH, "invented");

    private InventedRun() {}

    /** A finished run with a spec of its own. */
    public static RunRecord record(String variant, long seed) {
        return RunRecord.finished(
                Sha256.ofText(variant + seed), "invented", variant, spec(variant, seed), outcome(variant, seed), HERE);
    }

    static Provenance provenance() {
        return HERE;
    }

    private static RunSpec spec(String variant, long seed) {
        return new RunSpec(
                RunSpec.RECIPE_VERSION,
                new RunSpec.EncoderSpec(
                        "minilm-l6", Sha256.ofText("config"), Sha256.ofText("weights"), Sha256.ofText("tokenizer")),
                new RunSpec.TaskSpec(TASK, split("train", 1000), List.of(split("dev", 500))),
                new RunSpec.MethodSpec("invented", Settings.recorded(Map.of("variant", variant))),
                new RunSpec.StartSpec(null),
                Defaults.TRAINING,
                seed,
                Numerics.PORTABLE,
                Subject.THREADS);
    }

    private static RunSpec.SplitSpec split(String name, int examples) {
        return new RunSpec.SplitSpec(
                name, Sha256.ofText(name), RunSpec.SubsetRule.ALL, 0, examples, Sha256.ofText(name + examples));
    }

    static Outcome outcome(String variant, long seed) {
        RandomGenerator random = Seeds.generator(Seeds.derive(seed, variant));
        List<Float> losses = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            losses.add((float) (FIRST_LOSS * random.nextDouble()));
        }
        List<Outcome.Epoch> epochs = new ArrayList<>();
        for (int epoch = 0; epoch <= EPOCHS; epoch++) {
            epochs.add(new Outcome.Epoch(
                    epoch,
                    epoch == 0 ? null : FIRST_LOSS / epoch,
                    List.of(score(random, FIRST_SCORE + PROGRESS * epoch))));
        }
        return new Outcome(
                new Outcome.Start("pretrained", Sha256.ofText("start" + seed)),
                List.of(facts("train", 4000), facts("dev", 500)),
                new Outcome.ParameterCounts(0, HEAD, HEAD, MODEL, Float.BYTES * HEAD),
                List.of(),
                losses,
                epochs,
                epochs.get(EPOCHS).scores(),
                new Outcome.Hashes(
                        Sha256.ofText(variant + seed + "losses"),
                        Sha256.ofText(variant + seed + "weights"),
                        Sha256.ofText(variant + seed + "predictions")),
                new Outcome.Cost(
                        new TreeMap<>(Map.of("data", 0.5, "encoder", 1.5, "train", 20.0, "evaluate", 2.0)),
                        100.0,
                        1000.0,
                        0.25,
                        0.3,
                        0.35,
                        0.5,
                        BYTES),
                new Outcome.Files("adapter.safetensors", "predictions.csv", "log.txt"));
    }

    private static Outcome.SplitScore score(RandomGenerator random, double level) {
        double value = level + PROGRESS * (random.nextDouble() - FIRST_SCORE);
        return new Outcome.SplitScore(
                "dev", 500, 1 - value, new TreeMap<>(Map.of("matthews", value, "accuracy", (1 + value) / 2)));
    }

    private static SplitFacts facts(String split, long rows) {
        return new SplitFacts(
                split,
                Sha256.ofText(TASK + split),
                rows,
                new TreeMap<>(Map.of("acceptable", rows / 2, "unacceptable", rows - rows / 2)),
                SplitFacts.ContentStatus.OFFICIAL);
    }
}
