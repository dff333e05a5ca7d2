package org.adapterbench.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.adapterbench.api.UserError;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.core.config.Experiment;
import org.adapterbench.core.config.Experiment.MethodChoice;
import org.adapterbench.core.config.ExperimentReader;
import org.adapterbench.core.store.RunStore;
import org.adapterbench.reports.About;
import org.adapterbench.reports.ReportInput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code report}: writes the report of the runs that a folder holds. */
@Command(
        name = "report",
        description = "Writes the report of an experiment's finished and failed runs again.",
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Parameters(paramLabel = "FOLDER", description = "the experiment's folder, for instance out/quick")
    private Path folder = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    ReportCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Path chosen = surroundings.folder().resolve(folder).normalize();
        if (!Files.isDirectory(chosen.resolve("runs"))) {
            throw new UserError("report: " + chosen + " holds no runs (allowed: an experiment's output folder, which"
                    + " has a folder named runs)");
        }
        List<RunRecord> records;
        try (RunStore store = RunStore.openForReading(chosen, out::println)) {
            records = store.records();
        }
        if (records.isEmpty()) {
            throw new UserError("report: " + chosen + "/runs holds no record yet (allowed: at least one finished or"
                    + " failed run)");
        }
        Materials materials = Materials.of(surroundings, null, out);
        String experiment = records.get(0).experiment();
        ReportWriter writer = new ReportWriter(materials);
        ReportInput input = input(writer, experiment, records, materials);
        Path page = writer.write(input, chosen);
        ResultTable table = new ResultTable(input);
        table.lines().forEach(out::println);
        table.failures().forEach(out::println);
        out.println(page);
        return ExitCode.DONE;
    }

    /** Title, description and the order of the variants are known where the experiment comes with the program. */
    private static ReportInput input(ReportWriter writer, String name, List<RunRecord> records, Materials materials) {
        if (!ExperimentReader.BUILT_IN.contains(name)) {
            return writer.input(About.named(name), records, List.of());
        }
        Experiment experiment = new ExperimentReader(materials.methods(), materials.tasks()).read(name, List.of());
        return writer.input(
                new About(name, experiment.title(), experiment.description()),
                records,
                experiment.methods().stream().map(MethodChoice::label).toList());
    }
}
