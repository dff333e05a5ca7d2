package org.adapterbench.reports;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.adapterbench.api.FailureKind;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.api.task.SplitFacts;

/** Whole synthetic experiments. */
public final class SyntheticReports {

    /** Text that breaks whatever does not escape it. */
    public static final String HOSTILE =
            "=cmd|'/C calc'!A0 <script>alert(\"x\")</script> & ]]> ' \u202Eevil\u0000\uD800,\r\nline";

    private record Variant(String name, String method, long parameters, int epochs, double accept, double pairs) {}

    private static final List<Variant> VARIANTS = List.of(
            new Variant("full", "full", 22_713_216, 3, .672, .871),
            new Variant("lora r 8", "lora", 73_728, 3, .655, .866),
            new Variant("svd-lora r 8", "svd-lora", 73_728, 3, .651, .861),
            new Variant("qr-lora .5 last-4", "qr-lora", 824, 3, .634, .848),
            new Variant("head-only", "head-only", 0, 3, .621, .842),
            new Variant("warm-start", "warm-start", 0, 0, .612, .839));

    private SyntheticReports() {}

    /** Two tasks, six variants, three seeds, one failure, baselines: what {@code quick} looks like. */
    public static ReportInput quick() {
        List<RunRecord> records = new ArrayList<>();
        for (Variant variant : VARIANTS) {
            for (long seed = 1; seed <= 3; seed++) {
                records.add(accept(variant, seed).finished());
                SyntheticRun pairs = pairs(variant, seed);
                records.add(
                        variant.name().equals("lora r 8") && seed == 3
                                ? pairs.failed(
                                        FailureKind.OUT_OF_MEMORY,
                                        "the worker was killed by the operating system (signal 9)",
                                        "step 41 loss 0.4131\nstep 42 loss 0.3987\nKilled")
                                : pairs.finished());
            }
        }
        return input(
                "quick",
                records,
                List.of(
                        baseline(accept(VARIANTS.get(0), 1), "majority", 0, .5),
                        baseline(accept(VARIANTS.get(0), 1), "bag of words", .221, .61),
                        baseline(pairs(VARIANTS.get(0), 1), "majority", .752, .604),
                        baseline(pairs(VARIANTS.get(0), 1), "bag of words", .768, .671)));
    }

    /** One task, two variants, two seeds, two epochs of two steps: small enough to read as a golden file. */
    public static ReportInput small() {
        List<RunRecord> records = new ArrayList<>();
        for (Variant variant : List.of(VARIANTS.get(1), VARIANTS.get(5))) {
            for (long seed = 1; seed <= 2; seed++) {
                SyntheticRun run = accept(variant, seed);
                run.epochs = Math.min(run.epochs, 2);
                run.stepsAnEpoch = 2;
                records.add(run.finished());
            }
        }
        SyntheticRun failed = accept(VARIANTS.get(3), 1);
        failed.variant = HOSTILE;
        records.add(failed.failed(FailureKind.DIVERGED, "loss is NaN at step 3, in <b>layer</b> 2", HOSTILE));
        return input("small", records, List.of(baseline(accept(VARIANTS.get(1), 1), "majority", 0, .5)));
    }

    public static ReportInput input(String experiment, List<RunRecord> records, List<Baseline> baselines) {
        return new ReportInput(
                About.named(experiment),
                records,
                "0.1.0",
                RunRecord.SCHEMA_VERSION,
                VARIANTS.stream().map(Variant::name).toList(),
                List.of(metrics("wordnet/accept", "matthews"), metrics("wordnet/definition-pairs", "f1-positive")),
                baselines,
                List.of(),
                List.of());
    }

    private static TaskMetrics metrics(String task, String primary) {
        return new TaskMetrics(
                task, List.of(new TaskMetrics.Direction(primary, true), new TaskMetrics.Direction("accuracy", true)));
    }

    private static SyntheticRun accept(Variant variant, long seed) {
        SyntheticRun run = new SyntheticRun();
        run.variant = variant.name();
        run.method = variant.method();
        run.settings = variant.method().endsWith("lora") ? run.settings : Map.of();
        run.methodParameters = variant.parameters();
        run.epochs = variant.epochs();
        run.quality = variant.accept();
        run.startQuality = .604;
        run.headParameters = variant.epochs() == 0 ? 0 : run.headParameters;
        run.seed = seed;
        run.stepSeconds = .06 + .03 * Long.toString(variant.parameters()).length();
        return run;
    }

    private static SyntheticRun pairs(Variant variant, long seed) {
        SyntheticRun run = accept(variant, seed);
        run.task = "wordnet/definition-pairs";
        run.metric = "f1-positive";
        run.quality = variant.pairs();
        run.startQuality = .831;
        run.content = SplitFacts.ContentStatus.UNVERIFIED;
        return run;
    }

    private static Baseline baseline(SyntheticRun like, String name, double primary, double accuracy) {
        return new Baseline(
                like.taskSpec(),
                name,
                new TreeMap<>(Map.of("dev", new TreeMap<>(Map.of(like.metric, primary, "accuracy", accuracy)))));
    }
}
