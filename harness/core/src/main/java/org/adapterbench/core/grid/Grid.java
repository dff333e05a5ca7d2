package org.adapterbench.core.grid;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.adapterbench.api.UserError;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.api.record.RunSpec.EncoderSpec;
import org.adapterbench.api.record.RunSpec.MethodSpec;
import org.adapterbench.api.record.RunSpec.SplitSpec;
import org.adapterbench.api.record.RunSpec.StartSpec;
import org.adapterbench.api.record.RunSpec.TaskSpec;
import org.adapterbench.api.record.RunSpec.TrainingSpec;
import org.adapterbench.api.task.DataLocation;
import org.adapterbench.api.task.LabelledSplit;
import org.adapterbench.api.task.TaskData;
import org.adapterbench.core.config.Experiment;
import org.adapterbench.core.config.Experiment.DataChoice;
import org.adapterbench.core.config.Experiment.MethodChoice;
import org.adapterbench.core.data.Selection;
import org.adapterbench.core.encoder.ShapeRule;
import org.adapterbench.core.json.RunIds;
import org.adapterbench.core.plugin.MethodCatalog;
import org.adapterbench.core.plugin.TaskCatalog;
import org.adapterbench.core.weights.EncoderAssets;

/** Encoders x tasks x seeds x methods, in this order of nesting, so that what runs share is made once. */
public final class Grid {

    private final TaskCatalog tasks;
    private final MethodCatalog methods;
    private final Encoders encoders;
    private final DataLocation data;

    /**
     * @param data the whole cache; each provider gets its own folder in it
     */
    public Grid(TaskCatalog tasks, MethodCatalog methods, Encoders encoders, DataLocation data) {
        this.tasks = tasks;
        this.methods = methods;
        this.encoders = encoders;
        this.data = data;
    }

    /**
     * Every run of the experiment that the filter lets through. Loads only the data and the encoders of these.
     *
     * @throws UserError when data or weights are missing, or a method does not fit an encoder
     */
    public List<PlannedRun> expand(Experiment experiment, Only only) {
        only.check(experiment);
        Map<String, PlannedRun> runs = new LinkedHashMap<>();
        Map<String, TaskSpec> taskSpecs = new LinkedHashMap<>();
        Map<String, String> names = new HashMap<>();
        for (String locator : experiment.encoders()) {
            if (!only.letsEncoder(locator)) {
                continue;
            }
            EncoderAssets encoder = open(experiment, locator);
            String other = names.putIfAbsent(encoder.name(), locator);
            if (other != null) {
                throw new UserError(experiment.encoderPlace() + ": " + other + " and " + locator + " would both be '"
                        + encoder.name() + "' in every table (allowed: encoders of different names; a folder has its"
                        + " own, a symbolic link to it another)");
            }
            for (String task : experiment.tasks()) {
                if (!only.letsTask(task)) {
                    continue;
                }
                TaskSpec taskSpec = taskSpecs.computeIfAbsent(task, name -> taskSpec(experiment, name));
                List<MethodChoice> chosen =
                        experiment.methods().stream().filter(only::letsMethod).toList();
                checkFit(experiment, chosen, new FitCheck(locator, encoder.config(), taskSpec), task);
                // Ids are hashes of the whole spec: of thousands of runs they take a second.
                experiment.seeds().parallelStream()
                        .filter(only::letsSeed)
                        .flatMap(seed -> chosen.stream()
                                .map(method ->
                                        new Cell(method, plan(experiment, encoder, locator, taskSpec, seed, method))))
                        .toList()
                        .forEach(cell -> add(runs, cell.run(), cell.method()));
            }
        }
        return List.copyOf(runs.values());
    }

    private EncoderAssets open(Experiment experiment, String locator) {
        try {
            return encoders.open(locator);
        } catch (UserError e) {
            throw new UserError(experiment.encoderPlace() + ": " + e.getMessage(), e);
        }
    }

    private record Cell(MethodChoice method, PlannedRun run) {}

    private static PlannedRun plan(
            Experiment experiment,
            EncoderAssets encoder,
            String locator,
            TaskSpec task,
            long seed,
            MethodChoice method) {
        RunSpec spec = new RunSpec(
                RunSpec.recipeVersion(experiment.numerics()),
                new EncoderSpec(
                        encoder.name(), encoder.config().sha256(), encoder.weightsSha256(), encoder.tokenizerSha256()),
                task,
                new MethodSpec(method.method(), method.settings()),
                start(experiment, method),
                method.training(),
                seed,
                experiment.numerics(),
                experiment.threads());
        return new PlannedRun(RunIds.of(spec), spec, method.label(), locator);
    }

    /** A slice that is to choose an epoch must not have trained the warm-up. */
    private static StartSpec start(Experiment experiment, MethodChoice method) {
        TrainingSpec warmup = experiment.warmup();
        return new StartSpec(
                warmup == null ? null : warmup.holdingOut(method.training().selectionExamples()));
    }

    private static void add(Map<String, PlannedRun> runs, PlannedRun run, MethodChoice method) {
        PlannedRun other = runs.putIfAbsent(run.runId(), run);
        if (other != null) {
            throw new UserError(method.place() + ": '" + run.variant() + "' is the same run as '" + other.variant()
                    + "' with " + run.encoder() + " (allowed: each run once)");
        }
    }

    private TaskSpec taskSpec(Experiment experiment, String task) {
        TaskData loaded = tasks.load("experiment " + experiment.name() + ": tasks", task, data);
        DataChoice choice = experiment.data();
        List<SplitSpec> evaluation = new ArrayList<>();
        for (LabelledSplit split : loaded.evaluation()) {
            evaluation.add(draw(loaded, split, choice, choice.evaluation()));
        }
        return new TaskSpec(task, draw(loaded, loaded.train(), choice, choice.train()), evaluation);
    }

    private static SplitSpec draw(TaskData loaded, LabelledSplit split, DataChoice choice, int most) {
        return Selection.draw(split, loaded.facts(split.name()), choice.rule(), choice.subsetSeed(), most)
                .spec();
    }

    private void checkFit(Experiment experiment, List<MethodChoice> chosen, FitCheck check, String task) {
        int outputs = tasks.get("task", task).objective().outputs();
        boolean portable = experiment.numerics() == Numerics.PORTABLE;
        TrainingSpec warmup = experiment.warmup();
        if (warmup != null) {
            String place = experiment.warmupPlace() + ": the warm-up, which has training's values where it names none";
            check.training(place, warmup);
            if (portable) {
                check.portable(place, warmup, outputs, List.of());
            }
        }
        for (MethodChoice choice : chosen) {
            List<ShapeRule.Matrix> added = check.method(choice, methods.get(choice.place(), choice.method()), outputs);
            check.training(choice.place(), choice.training());
            if (portable) {
                check.portable(choice.place(), choice.training(), outputs, added);
            }
        }
    }
}
