package org.adapterbench.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.adapterbench.api.FailureKind;
import org.adapterbench.api.RunFailure;
import org.adapterbench.api.UserError;
import picocli.CommandLine;

/** Entry of the program: parses the command line, runs the command, and ends with its exit code. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(Surroundings.ofThisProcess(), out, err, arguments));
    }

    /** Runs one command and returns its exit code. */
    static int run(Surroundings surroundings, PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine commandLine = AdapterBench.commandLine(surroundings);
        commandLine.setOut(out).setErr(err);
        commandLine.setParameterExceptionHandler((problem, given) -> {
            err.println(Problems.line(problem));
            return ExitCode.BAD_INPUT;
        });
        commandLine.setExecutionExceptionHandler((problem, command, parsed) -> {
            if (problem instanceof UserError) {
                err.println("adapterbench: " + problem.getMessage());
                return ExitCode.BAD_INPUT;
            }
            if (problem instanceof RunFailure failure && failure.kind() == FailureKind.ENVIRONMENT) {
                err.println("adapterbench: " + failure.getMessage());
                return ExitCode.RUN_FAILED;
            }
            if (problem instanceof Stopped) {
                return ExitCode.STOPPED;
            }
            err.println("adapterbench: a defect of this program, please report it with the following lines");
            problem.printStackTrace(err);
            return ExitCode.DEFECT;
        });
        return commandLine.execute(arguments);
    }
}
