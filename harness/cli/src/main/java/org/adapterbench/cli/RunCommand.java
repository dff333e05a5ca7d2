package org.adapterbench.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.adapterbench.api.FailureKind;
import org.adapterbench.api.OneLine;
import org.adapterbench.api.RunFailure;
import org.adapterbench.api.UserError;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.core.compare.PublishedRecords;
import org.adapterbench.core.config.Experiment;
import org.adapterbench.core.config.Experiment.MethodChoice;
import org.adapterbench.core.grid.PlannedRun;
import org.adapterbench.core.launch.GridCounts;
import org.adapterbench.core.launch.GridSettings;
import org.adapterbench.core.store.RunStore;
import org.adapterbench.reports.About;
import org.adapterbench.reports.ReportInput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code run}: executes the runs of an experiment that are not finished yet, and writes the report. */
@Command(
        name = "run",
        description = "Runs an experiment, skipping finished runs, and writes its report.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private GridOptions options = new GridOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    RunCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Materials materials = options.materials(surroundings, out);
        Experiment experiment = options.experiment(surroundings, materials, out);
        Path folder = options.folder(surroundings, experiment);
        CacheUse use = CacheUse.begin(surroundings.cache());
        try {
            out.println(OneLine.of(experiment.name() + ": " + experiment.title()));
            // Whatever can be refused is refused before the output folder is made.
            List<PlannedRun> runs = options.runs(materials, experiment, out);
            if (!Files.exists(folder)) {
                CacheAccess.requireWarmups(surroundings.cache(), runs);
            }
            return run(experiment, materials, folder, runs);
        } finally {
            use.close();
        }
    }

    private int run(Experiment experiment, Materials materials, Path folder, List<PlannedRun> runs) {
        PrintWriter out = spec.commandLine().getOut();
        try (RunStore store = RunStore.openForWriting(folder, out::println)) {
            GridCounts counts = execute(experiment, materials, store, runs);
            if (counts.stopped() > 0) {
                return ExitCode.STOPPED;
            }
            Path page = report(experiment, materials, store, folder);
            int code = counts.failed() > 0 ? ExitCode.RUN_FAILED : ExitCode.DONE;
            out.println(Text.runs(counts.finished()) + " finished, " + counts.skipped() + " were finished before, "
                    + counts.failed() + " failed: exit code " + code);
            PublishedRecords.read(PublishedRecords.file(surroundings.root(), experiment.name()))
                    .map(published -> new PublishedCheck(published, store).lines(experiment.numerics(), runs))
                    .ifPresent(lines -> lines.forEach(out::println));
            out.println(page);
            return code;
        }
    }

    private GridCounts execute(Experiment experiment, Materials materials, RunStore store, List<PlannedRun> runs) {
        GridSettings shared = new GridSettings(
                experiment.name(),
                materials.data().glue(),
                surroundings.cache(),
                experiment.save(),
                experiment.activationMegabytes(),
                experiment.workers());
        String whenStopped = "the same command goes on from here";
        try (GridExecution execution = new GridExecution(surroundings, materials, spec.commandLine(), whenStopped)) {
            return execution.run(shared, store, runs);
        }
    }

    private Path report(Experiment experiment, Materials materials, RunStore store, Path folder) {
        PrintWriter out = spec.commandLine().getOut();
        ReportWriter writer = new ReportWriter(materials);
        List<String> variants =
                experiment.methods().stream().map(MethodChoice::label).toList();
        About about = ReportWriter.about(experiment);
        List<RunRecord> records = store.records();
        ReportInput input = writer.input(about, records, variants, store.damaged());
        TextTable table = new TextTable(input);
        table.lines().forEach(out::println);
        table.failures().forEach(out::println);
        table.missing().forEach(out::println);
        try {
            return writer.write(input, folder);
        } catch (UserError e) {
            // The folder could be written when the command began.
            throw new RunFailure(
                    FailureKind.ENVIRONMENT, e.getMessage() + "; the runs are kept, and `report` writes it again", e);
        }
    }
}
