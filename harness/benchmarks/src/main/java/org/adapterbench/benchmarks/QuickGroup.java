package org.adapterbench.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.adapterbench.api.method.Settings;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.api.record.RunSpec.SplitSpec;
import org.adapterbench.api.record.RunSpec.TrainingSpec;
import org.adapterbench.api.task.DataLocation;
import org.adapterbench.api.task.LabelledExample;
import org.adapterbench.api.task.LabelledSplit;
import org.adapterbench.api.task.TaskData;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.Folders;
import org.adapterbench.core.config.Defaults;
import org.adapterbench.core.config.Experiment;
import org.adapterbench.core.config.ExperimentReader;
import org.adapterbench.core.data.Selection;
import org.adapterbench.core.grid.Grid;
import org.adapterbench.core.grid.Only;
import org.adapterbench.core.grid.PlannedRun;
import org.adapterbench.core.json.Json;
import org.adapterbench.core.plugin.MethodCatalog;
import org.adapterbench.core.plugin.TaskCatalog;
import org.adapterbench.core.run.LocalRunExecutor;
import org.adapterbench.core.run.RunListener;
import org.adapterbench.core.run.RunRequest;
import org.adapterbench.core.tokenize.HuggingFaceTextTokenizer;
import org.adapterbench.core.tokenize.TextTokenizer;
import org.adapterbench.core.train.BatchPlan;
import org.adapterbench.core.train.EncodedExample;
import org.adapterbench.core.weights.EncoderAssets;
import org.adapterbench.core.weights.EncoderStore;
import org.jspecify.annotations.Nullable;

/**
 * The runs of an experiment that share a task and a seed: executed in this process as a worker does it, and described
 * for another stack so that it trains on the same tokens in the same buckets.
 */
final class QuickGroup {

    private final Place place;
    private final CacheFolder cache;
    private final List<PlannedRun> runs;

    /**
     * Which runs, and where.
     *
     * @param experiment as on the command line
     * @param only       as on the command line, in one word
     * @param set        other values than the experiment's
     * @param cache      without warm-ups, so that the first run trains one
     * @param folder     for what the runs leave
     */
    record Place(String experiment, String only, List<String> set, Path cache, Path folder) {}

    /**
     * What another stack needs to do the same work.
     *
     * @param evaluation one list a split
     */
    record Work(
            String encoder,
            int classes,
            int threads,
            Part training,
            List<Part> evaluation,
            RunSpec.StartSpec start,
            List<Turn> runs) {}

    /** Examples and the batches that they come in, as this program plans them. */
    record Part(List<Example> examples, List<BatchPlan.Slot> batches) {}

    /** One text in tokens with its class. */
    record Example(int[] ids, int[] types, int label) {}

    /** A method's turn. @param layers that it adapts, where it says so; else null */
    record Turn(
            String variant,
            RunSpec.MethodSpec method,
            @Nullable List<Integer> layers,
            TrainingSpec training) {}

    private QuickGroup(Place place, List<PlannedRun> runs) {
        this.place = place;
        this.cache = new CacheFolder(place.cache());
        this.runs = runs;
    }

    static QuickGroup open(Place place, Numerics numerics) {
        List<String> overrides = new ArrayList<>(place.set());
        overrides.add("numerics=" + Json.word(numerics));
        MethodCatalog methods = MethodCatalog.installed();
        TaskCatalog tasks = TaskCatalog.installed();
        CacheFolder cache = new CacheFolder(place.cache());
        Experiment experiment = new ExperimentReader(methods, tasks).read(place.experiment(), overrides);
        List<PlannedRun> runs = new Grid(tasks, methods, new EncoderStore(cache)::open, location(cache))
                .expand(experiment, Only.parse(List.of(place.only())));
        if (runs.stream().map(PlannedRun::group).distinct().count() != 1) {
            throw new IllegalArgumentException(place.only() + " is not one task and one seed");
        }
        return new QuickGroup(place, runs);
    }

    /** Executes all runs, one after the other. What they leave is removed. */
    void execute() throws IOException {
        try (LocalRunExecutor executor = new LocalRunExecutor()) {
            for (PlannedRun run : runs) {
                Path folder = Files.createDirectories(place.folder().resolve(run.runId()));
                executor.execute(
                        new RunRequest(
                                run.runId(),
                                run.spec(),
                                run.encoder(),
                                location(cache).glue(),
                                cache.root(),
                                folder,
                                Defaults.SAVE,
                                Defaults.ACTIVATION_MEGABYTES),
                        RunListener.silent());
            }
        }
        Folders.remove(place.folder());
    }

    /** Writes the work as JSON. */
    void describe(Path file) throws IOException {
        Files.writeString(file, Json.line(work()), StandardCharsets.UTF_8);
    }

    private Work work() {
        RunSpec first = runs.get(0).spec();
        EncoderAssets assets = new EncoderStore(cache).open(runs.get(0).encoder());
        TaskData data = TaskCatalog.installed().load("task", first.task().name(), location(cache));
        int length = first.training().maxLength();
        try (TextTokenizer tokenizer = HuggingFaceTextTokenizer.open(assets)) {
            List<EncodedExample> training =
                    encode(tokenizer, data.train(), data, first.task().train(), length);
            List<Part> evaluation = new ArrayList<>();
            for (SplitSpec spec : first.task().evaluation()) {
                LabelledSplit split = data.evaluation(spec.split()).orElseThrow();
                List<EncodedExample> examples = encode(tokenizer, split, data, spec, length);
                evaluation.add(part(examples, BatchPlan.forEvaluation(examples, Subject.ROWS)));
            }
            return new Work(
                    assets.name(),
                    data.task().objective().outputs(),
                    first.threads(),
                    part(training, BatchPlan.forTraining(training, Subject.ROWS)),
                    evaluation,
                    first.start(),
                    runs.stream().map(run -> turn(run, assets)).toList());
        }
    }

    private static Turn turn(PlannedRun run, EncoderAssets assets) {
        RunSpec spec = run.spec();
        Settings settings = spec.method().settings();
        List<Integer> layers = settings.values().containsKey("layers")
                ? settings.layers("layers", assets.config().layers())
                : null;
        return new Turn(run.variant(), spec.method(), layers, spec.training());
    }

    private static List<EncodedExample> encode(
            TextTokenizer tokenizer, LabelledSplit split, TaskData data, SplitSpec spec, int length) {
        List<LabelledExample> chosen =
                Selection.repeat(split, data.facts(split.name()), spec).examples();
        return EncodedExample.of(tokenizer, chosen, length);
    }

    private static Part part(List<EncodedExample> examples, BatchPlan plan) {
        List<Example> plain = examples.stream()
                .map(example ->
                        new Example(example.tokens().ids(), example.tokens().types(), (int) example.target()))
                .toList();
        return new Part(plain, plan.inOrder());
    }

    static DataLocation location(CacheFolder cache) {
        String glue = System.getenv("GLUE_DIR");
        return new DataLocation(glue == null || glue.isBlank() ? null : Path.of(glue), cache.data());
    }
}
