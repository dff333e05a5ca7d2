package org.adapterbench.core.grid;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.adapterbench.api.UserError;
import org.adapterbench.api.method.Setting;
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
import org.adapterbench.core.plugin.MethodCatalog;
import org.adapterbench.core.plugin.TaskCatalog;
import org.adapterbench.core.store.RunIds;
import org.adapterbench.core.weights.EncoderAssets;
import org.adapterbench.core.weights.EncoderConfig;

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
        for (String locator : experiment.encoders()) {
            if (!only.letsEncoder(locator)) {
                continue;
            }
            EncoderAssets encoder = encoders.open(locator);
            for (String task : experiment.tasks()) {
                if (!only.letsTask(task)) {
                    continue;
                }
                TaskSpec taskSpec = taskSpecs.computeIfAbsent(task, name -> taskSpec(experiment, name));
                for (long seed : experiment.seeds()) {
                    for (MethodChoice method : experiment.methods()) {
                        if (only.letsSeed(seed) && only.letsMethod(method)) {
                            checkFit(experiment, method, encoder.config(), locator, taskSpec);
                            add(runs, plan(experiment, encoder, locator, taskSpec, seed, method), method);
                        }
                    }
                }
            }
        }
        return List.copyOf(runs.values());
    }

    private static PlannedRun plan(
            Experiment experiment,
            EncoderAssets encoder,
            String locator,
            TaskSpec task,
            long seed,
            MethodChoice method) {
        RunSpec spec = new RunSpec(
                RunSpec.RECIPE_VERSION,
                new EncoderSpec(encoder.name(), encoder.weightsSha256(), encoder.tokenizerSha256()),
                task,
                new MethodSpec(method.method(), method.settings()),
                new StartSpec(experiment.warmup()),
                method.training(),
                seed,
                experiment.numerics(),
                experiment.threads());
        return new PlannedRun(RunIds.of(spec), spec, method.label(), locator);
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

    private void checkFit(
            Experiment experiment, MethodChoice method, EncoderConfig encoder, String locator, TaskSpec task) {
        for (Setting setting : methods.get(method.place(), method.method()).settings()) {
            if (setting instanceof Setting.Layers) {
                checkLayers(method, setting.name(), encoder, locator);
            }
        }
        check(method.place(), method.training(), encoder, locator, task);
        if (experiment.warmup() != null) {
            check("experiment " + experiment.name() + ": warmup", experiment.warmup(), encoder, locator, task);
        }
    }

    private static void checkLayers(MethodChoice method, String setting, EncoderConfig encoder, String locator) {
        try {
            method.settings().layers(setting, encoder.layers());
        } catch (UserError e) {
            throw new UserError(method.place() + ": with encoder " + locator + ": " + e.getMessage(), e);
        }
    }

    private static void check(
            String place, TrainingSpec training, EncoderConfig encoder, String locator, TaskSpec task) {
        if (training.maxLength() > encoder.maxLength()) {
            throw new UserError(place + ": max-length " + training.maxLength() + " is more than encoder " + locator
                    + " has positions for (allowed: at most " + encoder.maxLength() + ")");
        }
        if (training.dropoutFrom() >= encoder.layers()) {
            throw new UserError(place + ": dropout-from " + training.dropoutFrom() + " lies outside encoder " + locator
                    + " (allowed: 0 to " + (encoder.layers() - 1) + ")");
        }
        if (training.selectionExamples() >= task.train().examples()) {
            throw new UserError(place + ": selection-examples " + training.selectionExamples() + " leaves nothing of "
                    + task.train().examples() + " training examples of " + task.name() + " (allowed: fewer)");
        }
    }
}
