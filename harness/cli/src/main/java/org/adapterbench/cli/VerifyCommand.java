package org.adapterbench.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.adapterbench.api.UserError;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.api.record.RunRecord.Status;
import org.adapterbench.core.grid.Only;
import org.adapterbench.core.store.RunStore;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code verify}: executes finished runs again from their own records, elsewhere, and says whether the bits agree. */
@Command(
        name = "verify",
        description = "Executes finished runs again from their own records, in a scratch folder, and prints what"
                + " differs: exit code 0 only when every bit agrees, 5 when one does not.",
        mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Parameters(
            arity = "0..1",
            defaultValue = DefaultExperiment.NAME,
            paramLabel = "EXPERIMENT",
            description = "an experiment's name or YAML file, or its folder (default: ${DEFAULT-VALUE})")
    private String experiment = DefaultExperiment.NAME;

    @Option(
            names = "--only",
            paramLabel = "KEY=VALUE,...",
            description = "a part of the runs: method=lora,task=glue/mrpc,seed=1; a key may come several times")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "where each experiment has its folder (default: OUT, else ./out)")
    private @Nullable Path out;

    @Mixin
    private RepetitionOptions options = new RepetitionOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    VerifyCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        PrintWriter printer = spec.commandLine().getOut();
        Materials materials = options.materials(surroundings, printer);
        Path folder = new OutputFolder("verify", surroundings, materials).find(experiment, out);
        List<RecordedRun> chosen = chosen(folder, printer);
        return new Repetition(surroundings, materials, options, spec.commandLine()).run(chosen);
    }

    private List<RecordedRun> chosen(Path folder, PrintWriter printer) {
        Only part = Only.parse(only);
        try (RunStore store = RunStore.openForReading(folder, printer::println)) {
            List<RunRecord> records =
                    store.records().stream().filter(part::lets).toList();
            List<RecordedRun> finished = records.stream()
                    .filter(record -> record.status() == Status.FINISHED)
                    .map(record -> RecordedRun.of(record, store))
                    .toList();
            if (finished.isEmpty()) {
                throw new UserError("verify: " + folder + "/runs holds no finished run"
                        + (only.isEmpty() ? "" : " for --only " + String.join(" --only ", only))
                        + " (allowed: at least one)");
            }
            if (finished.size() < records.size()) {
                int failed = records.size() - finished.size();
                printer.println(
                        failed + (failed == 1 ? " failed run has" : " failed runs have") + " no numbers to verify");
            }
            return finished;
        }
    }
}
