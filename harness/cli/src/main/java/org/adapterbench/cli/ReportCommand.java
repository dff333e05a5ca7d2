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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code report}: writes the report of the runs that a folder holds. */
@Command(
        name = "report",
        description = "Writes the report of an experiment's finished and failed runs again.",
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Parameters(
            arity = "0..1",
            defaultValue = DefaultExperiment.NAME,
            paramLabel = "EXPERIMENT",
            description = "an experiment's name or YAML file, or its folder (default: ${DEFAULT-VALUE})")
    private String experiment = DefaultExperiment.NAME;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "where each experiment has its folder (default: OUT, else ./out)")
    private @Nullable Path out;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    ReportCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        PrintWriter printer = spec.commandLine().getOut();
        Materials materials = Materials.of(surroundings, null, printer);
        Path chosen = new OutputFolder("report", surroundings, materials).find(experiment, out);
        List<RunRecord> records;
        List<String> damaged;
        try (RunStore store = RunStore.openForReading(chosen, printer::println)) {
            records = store.records();
            damaged = store.damaged();
        }
        if (records.isEmpty()) {
            throw new UserError("report: " + chosen + "/runs holds no record yet (allowed: at least one finished or"
                    + " failed run)");
        }
        String name = records.get(0).experiment();
        ReportWriter writer = new ReportWriter(materials);
        ReportInput input = input(writer, name, records, damaged, materials);
        Path page = writer.write(input, chosen);
        TextTable table = new TextTable(input);
        table.lines().forEach(printer::println);
        table.failures().forEach(printer::println);
        table.missing().forEach(printer::println);
        printer.println(page);
        return ExitCode.DONE;
    }

    /** Title, description and the order of the variants are those of the file, or of the program's own experiment. */
    private ReportInput input(
            ReportWriter writer, String name, List<RunRecord> records, List<String> damaged, Materials materials) {
        Path file = surroundings.folder().resolve(experiment);
        boolean given = Files.isRegularFile(file);
        if (!given && !ExperimentReader.BUILT_IN.contains(name)) {
            return writer.input(About.named(name), records, List.of(), damaged);
        }
        Experiment read = new ExperimentReader(materials.methods(), materials.tasks())
                .read(given ? file.toString() : name, List.of());
        return writer.input(
                ReportWriter.about(read),
                records,
                read.methods().stream().map(MethodChoice::label).toList(),
                damaged);
    }
}
