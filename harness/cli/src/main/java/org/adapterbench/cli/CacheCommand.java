package org.adapterbench.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code cache}: what can be made again, where it lies, and how to fill or empty it. */
@Command(
        name = "cache",
        description = "Shows, fills or empties the cache (libraries, weights, data, warm-up checkpoints).",
        mixinStandardHelpOptions = true)
final class CacheCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    static CommandLine commandLine(Surroundings surroundings) {
        return new CommandLine(new CacheCommand())
                .addSubcommand(new CacheListCommand(surroundings))
                .addSubcommand(new CacheFillCommand(surroundings))
                .addSubcommand(new CacheCleanCommand(surroundings));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: list, fill or clean");
    }
}
