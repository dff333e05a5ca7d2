package org.adapterbench.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program's name, help and commands, in the order in which a new user needs them. */
@Command(
        name = "adapterbench",
        description = "Compares parameter-efficient fine-tuning methods on identical data, seeds and splits.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "Exit codes: 0 done, 2 bad input, 4 a run failed, 5 a repeated run gave other bits,",
            "130 or 143 stopped, 1 a defect of this program.",
            "Environment: ADAPTERBENCH_CACHE (default ~/.cache/adapterbench), GLUE_DIR, OUT (default ./out)."
        })
final class AdapterBench implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    static CommandLine commandLine(Surroundings surroundings) {
        return new CommandLine(new AdapterBench())
                .addSubcommand(new RunCommand(surroundings))
                .addSubcommand(new PlanCommand(surroundings))
                .addSubcommand(new ReportCommand(surroundings))
                .addSubcommand(new VerifyCommand(surroundings))
                .addSubcommand(new ReproduceCommand(surroundings))
                .addSubcommand(new PublishCommand(surroundings))
                .addSubcommand(new DoctorCommand(surroundings))
                .addSubcommand(new GlueCommand(surroundings))
                .addSubcommand(ListCommand.commandLine(surroundings))
                .addSubcommand(CacheCommand.commandLine(surroundings));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
