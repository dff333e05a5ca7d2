package org.adapterbench.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.adapterbench.core.config.Experiment;
import org.adapterbench.core.config.ExperimentReader;
import org.adapterbench.core.plugin.MethodCatalog;
import org.adapterbench.core.plugin.TaskCatalog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code list experiments}: those that come with the program. */
@Command(
        name = "experiments",
        description = "The experiments that come with the program; any YAML file of the same form is one too.",
        mixinStandardHelpOptions = true)
final class ListExperimentsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        ExperimentReader reader = new ExperimentReader(MethodCatalog.installed(), TaskCatalog.installed());
        List<List<String>> rows = new ArrayList<>();
        for (String name : ExperimentReader.BUILT_IN) {
            rows.add(row(reader.read(name, List.of())));
        }
        Text.columns(rows).forEach(spec.commandLine().getOut()::println);
        return ExitCode.DONE;
    }

    private static List<String> row(Experiment experiment) {
        int runs = experiment.encoders().size()
                * experiment.tasks().size()
                * experiment.methods().size()
                * experiment.seeds().size();
        return List.of(
                experiment.name(),
                Text.runs(runs),
                String.join(", ", experiment.encoders()),
                String.join(", ", experiment.tasks()),
                experiment.title());
    }
}
