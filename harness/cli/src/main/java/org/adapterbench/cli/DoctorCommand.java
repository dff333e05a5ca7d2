package org.adapterbench.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.adapterbench.cli.Finding.State;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code doctor}: what is usable on this machine and what is missing, with the remedy. */
@Command(
        name = "doctor",
        description = "Tells what is usable on this machine and what is missing, with the remedy.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    DoctorCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        List<Finding> findings = new ArrayList<>(new MachineChecks(surroundings).findings());
        findings.addAll(new MaterialChecks(surroundings).findings());
        List<List<String>> rows = new ArrayList<>();
        for (Finding finding : findings) {
            rows.add(List.of(finding.state().word(), finding.subject(), finding.detail()));
            if (finding.remedy() != null) {
                rows.add(List.of("", "", "-> " + finding.remedy()));
            }
        }
        Text.columns(rows).forEach(out::println);
        List<String> missing = findings.stream()
                .filter(finding -> finding.state() == State.MISSING)
                .map(Finding::subject)
                .toList();
        out.println(
                missing.isEmpty()
                        ? "The default experiment can run here."
                        : "The default experiment cannot run here; missing: " + String.join(", ", missing));
        return missing.isEmpty() ? ExitCode.DONE : ExitCode.RUN_FAILED;
    }
}
