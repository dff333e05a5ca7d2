package org.adapterbench.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.adapterbench.api.task.Metric;
import org.adapterbench.api.task.Objective;
import org.adapterbench.api.task.Task;
import org.adapterbench.core.plugin.TaskCatalog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code list tasks}: the tasks of all installed suites. */
@Command(
        name = "tasks",
        description = "The tasks of all installed suites, the primary metric first.",
        mixinStandardHelpOptions = true)
final class ListTasksCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Text.columns(TaskCatalog.installed().all().stream()
                        .map(ListTasksCommand::row)
                        .toList())
                .forEach(spec.commandLine().getOut()::println);
        return ExitCode.DONE;
    }

    private static List<String> row(Task task) {
        String target = task.objective() instanceof Objective.Classification classification
                ? classification.labels().size() + " classes"
                : "regression";
        return List.of(
                task.name(),
                task.pair() ? "pair" : "single",
                target,
                task.metrics().stream().map(Metric::name).collect(Collectors.joining(", ")),
                task.description());
    }
}
