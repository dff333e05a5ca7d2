package org.adapterbench.cli;

import java.util.List;
import java.util.stream.Collectors;
import org.adapterbench.api.UserError;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what is wrong with a command line. */
final class Problems {

    private Problems() {}

    static String line(ParameterException problem) {
        if (problem.getCause() instanceof UserError wrong) {
            return "adapterbench: " + wrong.getMessage();
        }
        CommandLine command = problem.getCommandLine();
        String where = command.getCommandSpec().qualifiedName();
        if (problem instanceof UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().get(0);
            if (word.startsWith("-")) {
                return UserError.unknown(where, "option", word.replaceFirst("=.*", ""), options(command))
                        .getMessage();
            }
            if (!command.getSubcommands().isEmpty()) {
                return UserError.unknown(where, "command", word, commands(command))
                        .getMessage();
            }
            return where + ": '" + word + "' is one argument too many (allowed: see " + where + " --help)";
        }
        return new UserError(where + ": " + problem.getMessage() + " (allowed: see " + where + " --help)").getMessage();
    }

    private static List<String> options(CommandLine command) {
        return command.getCommandSpec().options().stream()
                .map(option -> option.longestName())
                .toList();
    }

    private static List<String> commands(CommandLine command) {
        return command.getSubcommands().values().stream()
                .map(CommandLine::getCommandName)
                .distinct()
                .collect(Collectors.toList());
    }
}
