package org.adapterbench.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code list}: what an experiment can be made of. */
@Command(name = "list", description = "Lists methods, tasks, encoders or experiments.", mixinStandardHelpOptions = true)
final class ListCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    static CommandLine commandLine(Surroundings surroundings) {
        return new CommandLine(new ListCommand())
                .addSubcommand(new ListMethodsCommand())
                .addSubcommand(new ListTasksCommand())
                .addSubcommand(new ListEncodersCommand(surroundings))
                .addSubcommand(new ListExperimentsCommand());
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "a command is missing: methods, tasks, encoders or experiments");
    }
}
