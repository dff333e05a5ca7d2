package org.adapterbench.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.adapterbench.api.UserError;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.RunSpec.SplitSpec;
import org.adapterbench.api.record.RunSpec.TaskSpec;
import org.adapterbench.core.config.Experiment;
import org.adapterbench.core.config.Experiment.DataChoice;
import org.adapterbench.core.config.ExperimentReader;
import org.adapterbench.core.grid.Grid;
import org.adapterbench.core.grid.Only;
import org.adapterbench.core.grid.PlannedRun;
import org.adapterbench.core.run.NumericsCheck;
import org.adapterbench.core.tokenize.HuggingFaceTextTokenizer;
import org.adapterbench.core.weights.EncoderAssets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments that {@code run} and {@code plan} share: which experiment, and which part of it. */
final class GridOptions {

    @Parameters(
            arity = "0..1",
            defaultValue = DefaultExperiment.NAME,
            paramLabel = "EXPERIMENT",
            description = "smoke, quick, paper, or a YAML file (default: ${DEFAULT-VALUE})")
    private String experiment = DefaultExperiment.NAME;

    @Option(
            names = "--only",
            paramLabel = "KEY=VALUE,...",
            description = "a part of the grid: method=lora,task=glue/mrpc,seed=1; a key may come several times")
    private List<String> only = new ArrayList<>();

    @Option(names = "--encoder", paramLabel = "NAME", description = "another encoder than the experiment names")
    private @Nullable String encoder;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "another value than the experiment gives: training.epochs=1, seeds=1,2")
    private List<String> overrides = new ArrayList<>();

    @Option(
            names = "--workers",
            paramLabel = "N",
            converter = WorkerCount.class,
            description = "worker processes at a time")
    private @Nullable Integer workers;

    @Option(names = "--glue", paramLabel = "FOLDER", description = "GLUE data (default: GLUE_DIR)")
    private @Nullable Path glue;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "where each experiment gets its folder (default: OUT, else ./out)")
    private @Nullable Path out;

    /**
     * Reads the experiment file; neither data nor weights. Where the processor cannot compute portably, an
     * experiment that does not name its numerics is fast.
     *
     * @param out told of that
     * @throws UserError when the experiment asks for numerics and the processor has not what they need
     */
    Experiment experiment(Surroundings surroundings, Materials materials, PrintWriter out) {
        ExperimentReader reader = new ExperimentReader(materials.methods(), materials.tasks());
        Experiment read = reader.read(experiment, allOverrides());
        if (surroundings.numerics().contains(read.numerics())) {
            return read;
        }
        if (read.numerics() == Numerics.FAST_BF16) {
            throw new UserError("numerics: fast-bf16 needs " + NumericsCheck.processorFor(Numerics.FAST_BF16)
                    + ", which this machine has not (allowed here: "
                    + (surroundings.portable() ? "portable, " : "") + "fast)");
        }
        Experiment fast = reader.otherwise(Numerics.FAST).read(experiment, allOverrides());
        if (fast.numerics() == Numerics.PORTABLE) {
            throw new UserError("numerics: portable needs " + NumericsCheck.processorFor(Numerics.PORTABLE)
                    + ", which this machine has not (allowed here: --set numerics=fast)");
        }
        out.println("numerics: fast, for this processor is not " + NumericsCheck.processorFor(Numerics.PORTABLE)
                + ": the results are this machine's own, and the published numbers do not apply");
        return fast;
    }

    /** Whether nothing on the command line changes what the experiment's file asks for. */
    boolean asTheFileSays() {
        return only.isEmpty() && overrides.isEmpty() && encoder == null;
    }

    /** The experiment's output folder. */
    Path folder(Surroundings surroundings, Experiment read) {
        return surroundings.out(out).resolve(read.name());
    }

    /**
     * The chosen part of the grid; data and weights are read on the way.
     *
     * @param printer told what became of each encoder's tensors, and where there are fewer tokens than embeddings, or
     *                fewer examples than the experiment asks for
     */
    List<PlannedRun> runs(Materials materials, Experiment read, PrintWriter printer) {
        Grid grid = new Grid(
                materials.tasks(),
                materials.methods(),
                locator -> withFittingTokenizer(materials, locator, printer),
                materials.data());
        List<PlannedRun> runs = grid.expand(read, Only.parse(only));
        runs.stream().map(run -> run.spec().task()).distinct().forEach(task -> tellOfFewer(read.data(), task, printer));
        return runs;
    }

    /** A tokenizer that does not fit would end each run of the grid, hours later perhaps. */
    private static EncoderAssets withFittingTokenizer(Materials materials, String locator, PrintWriter printer) {
        EncoderAssets assets = materials.encoders().open(locator);
        int tokens = HuggingFaceTextTokenizer.requireFit(assets);
        printer.println("encoder " + locator + ": " + assets.report().text());
        int embeddings = assets.config().vocabulary();
        if (tokens < embeddings) {
            printer.println("encoder " + locator + ": its tokenizer has " + tokens + " tokens, its embedding "
                    + embeddings + " rows: the others are never used; was the vocabulary cut short?");
        }
        return assets;
    }

    /** A count above what there is means all of it, which a mistyped one must not mean silently. */
    private static void tellOfFewer(DataChoice choice, TaskSpec task, PrintWriter printer) {
        tellOfFewer("data.train", choice.train(), task.name(), task.train(), printer);
        task.evaluation()
                .forEach(split -> tellOfFewer("data.evaluation", choice.evaluation(), task.name(), split, printer));
    }

    private static void tellOfFewer(String key, int most, String task, SplitSpec split, PrintWriter printer) {
        if (most > split.examples()) {
            printer.println(key + ": " + most + " is more than the " + split.examples() + " examples of " + task + " "
                    + split.split() + ": all of them are used");
        }
    }

    /** @throws UserError when the cache cannot be used */
    Materials materials(Surroundings surroundings, PrintWriter printer) {
        CacheAccess.require(surroundings.cache());
        return Materials.of(surroundings, glue, printer);
    }

    private List<String> allOverrides() {
        List<String> all = new ArrayList<>(overrides);
        if (encoder != null) {
            all.add("encoder=" + encoder);
        }
        if (workers != null) {
            all.add("workers=" + workers);
        }
        return all;
    }
}
