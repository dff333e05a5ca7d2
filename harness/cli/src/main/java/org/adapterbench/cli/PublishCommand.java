package org.adapterbench.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.adapterbench.api.UserError;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.api.record.RunRecord.Status;
import org.adapterbench.core.compare.PublishedRecords;
import org.adapterbench.core.config.Experiment;
import org.adapterbench.core.grid.PlannedRun;
import org.adapterbench.core.json.Json;
import org.adapterbench.core.store.RunStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code publish}: writes the summary of an experiment's runs that is committed and that others compare with. */
@Command(
        name = "publish",
        description = "Writes the hashes and metrics of an experiment's finished runs into the checkout, to be"
                + " committed; run compares with them from then on.",
        mixinStandardHelpOptions = true)
final class PublishCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private GridOptions options = new GridOptions();

    @Option(
            names = "--with-changes",
            description = "also runs of a checkout with changes or of several commits, to try publishing out")
    private boolean withChanges;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    PublishCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Materials materials = options.materials(surroundings, out);
        Experiment experiment = options.experiment(surroundings, materials, out);
        if (experiment.numerics() != Numerics.PORTABLE) {
            throw new UserError("publish: " + experiment.name() + " runs as " + Json.word(experiment.numerics())
                    + ", whose bits are this machine's own"
                    + " (allowed: numerics portable)");
        }
        if (!options.asTheFileSays()) {
            throw new UserError("publish: --only, --set and --encoder make another experiment of " + experiment.name()
                    + " (allowed: the experiment as its file has it)");
        }
        List<PlannedRun> runs = options.runs(materials, experiment, out);
        Path folder = options.folder(surroundings, experiment);
        PublishedRecords published = PublishedRecords.of(experiment.name(), finished(runs, folder, out));
        Path file = PublishedRecords.file(surroundings.root(), experiment.name());
        published.write(file);
        out.println(Text.runs(runs.size()) + " published");
        out.println(file);
        return ExitCode.DONE;
    }

    private List<RunRecord> finished(List<PlannedRun> runs, Path folder, PrintWriter out) {
        List<RunRecord> finished = new ArrayList<>();
        try (RunStore store = RunStore.openForReading(folder, out::println)) {
            for (PlannedRun run : runs) {
                RunRecord record = store.record(run.runId())
                        .filter(found -> found.status() == Status.FINISHED)
                        .orElseThrow(() -> new UserError("publish: " + Label.of(run) + " (run " + run.runId()
                                + ") is not finished in " + folder + " (allowed: an experiment that was run whole)"));
                if (!withChanges) {
                    requireOneCleanCommit(run, record, finished);
                }
                finished.add(record);
            }
        }
        return finished;
    }

    /** Else nobody could tell which program published them. */
    private static void requireOneCleanCommit(PlannedRun run, RunRecord record, List<RunRecord> others) {
        String commit = record.provenance().gitCommit();
        boolean clean = !Boolean.TRUE.equals(record.provenance().gitDirty());
        boolean same = others.stream()
                .allMatch(other -> Objects.equals(other.provenance().gitCommit(), commit));
        if (!clean || !same) {
            throw new UserError("publish: " + Label.of(run) + " (run " + run.runId() + ") was executed from "
                    + (clean ? "commit " + commit + ", others from another one" : "a checkout with changes")
                    + " (allowed: all runs from one clean commit)");
        }
    }
}
